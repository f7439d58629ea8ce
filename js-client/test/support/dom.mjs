import { Window } from "happy-dom";

const window = new Window({ url: "https://app.example/" });

// Only what react-dom needs: the tests keep Node's own timers and streams.
for (const name of ["window", "document", "HTMLElement", "HTMLIFrameElement", "SVGElement", "Element", "Node", "Event"]) {
  globalThis[name] = name === "window" ? window : window[name];
}
globalThis.IS_REACT_ACT_ENVIRONMENT = true;

/** Ends everything the window keeps running. */
export const closeDom = () => window.happyDOM.close();
