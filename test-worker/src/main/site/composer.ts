import { byId, make } from "./element.js";
import { submits } from "./message-item.js";

/** Sends a text to a channel and answers the new message's id, or undefined when that failed and was reported. */
export type Send = (channel: string, body: string) => Promise<string | undefined>;

/**
 * The message box. A sent text leaves the box at once and stands greyed at the end of the channel until the live
 * query shows the real message; a failed one comes back into the box. Each channel has a draft of its own.
 */
export class Composer {
  readonly #input = byId<HTMLTextAreaElement>("composer-input");
  readonly #button = byId<HTMLButtonElement>("send");
  readonly #pending = byId("pending");
  readonly #send: Send;
  /** What stands in the boxes of the channels that are not on screen. */
  readonly #drafts = new Map<string, string>();
  #channel = "";
  /** Sent messages by id that no result has shown yet. */
  readonly #unseen = new Map<string, HTMLElement>();
  /** Ids of the last result: the live query often outruns the answer of the call. */
  #shown: ReadonlySet<string> = new Set();
  /** Texts sent and not yet answered; each goes out when the one before it was answered. */
  #sending = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(send: Send) {
    this.#send = send;
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#submit();
    });
    this.#input.addEventListener("keydown", (event) => {
      if (!submits(event)) return;
      event.preventDefault();
      void this.#submit();
    });
    this.#input.addEventListener("input", () => this.#refresh());
    byId("skip").addEventListener("click", (event) => {
      // Following the link would change the address, which names the channel.
      event.preventDefault();
      this.#input.focus();
    });
    this.#refresh();
  }

  /** Another channel: what was sent to the old one is no longer on screen. */
  enter(channel: string): void {
    this.#drafts.set(this.#channel, this.#input.value);
    this.#channel = channel;
    this.#input.value = this.#drafts.get(channel) ?? "";
    this.#unseen.clear();
    this.#shown = new Set();
    this.#pending.replaceChildren();
    this.#input.placeholder = `Message #${channel}`;
    this.#refresh();
  }

  /** Takes away the stand-ins of messages that a result now shows. */
  seen(ids: ReadonlySet<string>): void {
    this.#shown = ids;
    for (const id of this.#unseen.keys()) if (ids.has(id)) this.#settle(id);
  }

  async #submit(): Promise<void> {
    const body = this.#input.value.trim();
    if (body === "") return;
    const standIn = make("li", "message own sending", { testId: "pending-message" }, make("p", "message-body", {}, body));
    this.#pending.append(standIn);
    this.#input.value = "";
    this.#busy(1);
    // The reader may look at another channel by the time it is its turn.
    const channel = this.#channel;
    const sent = this.#last.then(() => this.#send(channel, body));
    this.#last = sent;
    const id = await sent;
    this.#busy(-1);
    if (id === undefined) {
      standIn.remove();
      this.#takeBack(channel, body);
    } else if (channel !== this.#channel || this.#shown.has(id)) {
      standIn.remove();
    } else {
      standIn.classList.replace("sending", "sent");
      this.#unseen.set(id, standIn);
    }
  }

  /** Puts a text back into its channel's box, not over something typed meanwhile. */
  #takeBack(channel: string, body: string): void {
    const typed = channel === this.#channel ? this.#input.value : (this.#drafts.get(channel) ?? "");
    const text = typed === "" ? body : `${body}\n${typed}`;
    if (channel === this.#channel) this.#input.value = text;
    else this.#drafts.set(channel, text);
    this.#refresh();
  }

  #settle(id: string): void {
    this.#unseen.get(id)?.remove();
    this.#unseen.delete(id);
  }

  #busy(change: number): void {
    this.#sending += change;
    this.#button.setAttribute("aria-busy", String(this.#sending > 0));
    this.#refresh();
  }

  #refresh(): void {
    this.#button.disabled = this.#input.value.trim() === "";
    this.#input.style.height = "auto";
    this.#input.style.height = `${this.#input.scrollHeight}px`;
  }
}
