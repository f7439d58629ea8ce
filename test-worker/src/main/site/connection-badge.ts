import type { ConnectionState, LunoraClient } from "@lunora-java/client";
import { byId } from "./element.js";

/** Shows the live connection: a colour, a word that screen readers hear once, and a silent countdown. */
export function showConnection(client: LunoraClient): void {
  const badge = byId("connection");
  const text = byId("connection-text");
  const countdown = byId("connection-countdown");
  const retry = byId<HTMLButtonElement>("connection-retry");

  const tick = (): void => {
    const { status, retryAtMs } = client.connectionState;
    const seconds = retryAtMs === null ? 0 : Math.ceil((retryAtMs - Date.now()) / 1000);
    countdown.textContent = status === "waiting" && seconds > 0 ? `in ${seconds} s` : "";
  };
  const show = (state: ConnectionState): void => {
    badge.dataset["status"] = state.status;
    badge.title = state.lastError?.message ?? "";
    const words = wordsFor(state);
    // Setting the same text again would make some screen readers repeat it.
    if (text.textContent !== words) text.textContent = words;
    // A hidden button loses focus, so a reader who just pressed it keeps it until the connection is back.
    retry.hidden = state.status !== "waiting" && document.activeElement !== retry;
    if (state.status === "open") retry.hidden = true;
    tick();
  };

  retry.addEventListener("click", () => client.reconnectNow());
  client.onConnectionState(show);
  setInterval(tick, 500);
  show(client.connectionState);
}

function wordsFor({ status, attempt }: ConnectionState): string {
  switch (status) {
    case "open":
      return "Live";
    case "connecting":
      return attempt === 0 ? "Connecting" : "Reconnecting";
    case "waiting":
      return "Offline, retrying";
    case "closed":
      return "Not connected";
  }
}
