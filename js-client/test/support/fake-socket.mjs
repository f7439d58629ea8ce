import { settle } from "./fake-clock.mjs";

/** A WebSocket class that talks to the test instead of the network; `sockets` lists every one ever dialled. */
export function fakeWebSocket() {
  const sockets = [];
  class FakeSocket {
    readyState = 0;
    onopen = null;
    onmessage = null;
    onclose = null;
    onerror = null;
    /** Everything the client sent: parsed frames, or text that is not JSON. */
    sent = [];
    closedByClient = false;

    constructor(address) {
      this.address = new URL(address);
      sockets.push(this);
    }

    send(text) {
      if (this.readyState !== 1) throw new Error("socket is not open");
      this.sent.push(text.startsWith("{") ? JSON.parse(text) : text);
    }

    close() {
      this.readyState = 3;
      this.closedByClient = true;
    }

    async open() {
      this.readyState = 1;
      this.onopen?.({});
      await settle();
    }

    async receive(...frames) {
      for (const frame of frames) {
        this.onmessage?.({ data: typeof frame === "string" ? frame : JSON.stringify(frame) });
      }
      await settle();
    }

    async drop(code = 1006, reason = "") {
      this.readyState = 3;
      this.onclose?.({ code, reason });
      await settle();
    }

    get subscribes() {
      return this.sent.filter((frame) => frame.type === "subscribe");
    }
  }
  return { FakeSocket, sockets, last: () => sockets.at(-1) };
}
