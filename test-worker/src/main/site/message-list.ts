import { byId } from "./element.js";
import { MessageItem, type MessageActions } from "./message-item.js";
import type { Message } from "./message.js";

/** Messages of one author within this time stand together under one name. */
const TOGETHER_MS = 5 * 60_000;
/** A reader this close to the end wants to stay there. */
const NEAR_END_PX = 80;

/** The messages of the channel on screen, oldest at the top, kept at the end unless the reader scrolled up. */
export class MessageList {
  readonly #actions: MessageActions;
  readonly #list = byId("messages");
  readonly #scroll = byId("scroll");
  readonly #empty = byId("empty");
  readonly #loading = byId("loading");
  readonly #newer = byId<HTMLButtonElement>("newer");
  readonly #items = new Map<string, MessageItem>();
  #atEnd = true;

  constructor(actions: MessageActions) {
    this.#actions = actions;
    this.#newer.addEventListener("click", () => this.scrollToEnd());
    this.#scroll.addEventListener("scroll", () => {
      const { scrollHeight, scrollTop, clientHeight } = this.#scroll;
      this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
      if (this.#atEnd) this.#newer.hidden = true;
    });
    // The box also shrinks when the composer grows or a phone shows its keyboard.
    new ResizeObserver(() => this.keepEnd()).observe(this.#scroll);
  }

  /** Back to the state before a channel's first result. */
  clear(): void {
    this.#items.clear();
    this.#list.replaceChildren();
    this.#empty.hidden = true;
    this.#loading.hidden = false;
    this.#newer.hidden = true;
    this.#atEnd = true;
  }

  /** @param newestFirst the query's result */
  show(newestFirst: readonly Message[], ownName: string): void {
    const messages = newestFirst.toReversed();
    const known = this.#items.size;
    const newest = messages.at(-1);
    const grown = newest !== undefined && !this.#items.has(newest._id) && known > 0;
    this.#forgetAbsent(new Set(messages.map((message) => message._id)));
    // Screen readers announce additions, which is right for news and wrong for a whole channel.
    this.#list.setAttribute("aria-live", known === 0 ? "off" : "polite");

    let previous: Message | undefined;
    let place: ChildNode | null = this.#list.firstChild;
    for (const message of messages) {
      const item = this.#item(message);
      item.show(message, message.author === ownName, continues(previous, message));
      // Moving an element that is in place already would take the focus out of it.
      if (item.element === place) place = place.nextSibling;
      else this.#list.insertBefore(item.element, place);
      previous = message;
    }
    this.#loading.hidden = true;
    this.#empty.hidden = messages.length > 0;
    if (this.#atEnd) this.scrollToEnd();
    else if (grown) this.#newer.hidden = false;
  }

  /** The content or the box has another size: a reader at the end stays there. */
  keepEnd(): void {
    if (this.#atEnd) this.scrollToEnd();
  }

  scrollToEnd(): void {
    this.#scroll.scrollTop = this.#scroll.scrollHeight;
    this.#atEnd = true;
    this.#newer.hidden = true;
  }

  hideEmpty(): void {
    this.#empty.hidden = true;
  }

  #item(message: Message): MessageItem {
    const known = this.#items.get(message._id);
    if (known !== undefined) return known;
    const item = new MessageItem(message, this.#actions);
    this.#items.set(message._id, item);
    return item;
  }

  #forgetAbsent(present: ReadonlySet<string>): void {
    for (const [id, item] of this.#items) {
      if (present.has(id)) continue;
      // Otherwise a reader who deletes from the keyboard starts over at the top of the page.
      if (item.element.contains(document.activeElement)) this.#scroll.focus({ preventScroll: true });
      item.element.remove();
      this.#items.delete(id);
    }
  }
}

function continues(previous: Message | undefined, message: Message): boolean {
  if (previous === undefined || previous.author !== message.author) return false;
  return message._creationTime - previous._creationTime < TOGETHER_MS;
}
