import { paintAvatar } from "./author.js";
import { make } from "./element.js";
import { pictureName } from "./pictures.js";
import { whenText, type Message } from "./message.js";

const CONFIRM_MS = 4_000;

/** What a reader can do with an own message; each settles when the server answered. */
export interface MessageActions {
  edit(id: string, body: string): Promise<boolean>;
  remove(id: string): Promise<boolean>;
  /** The element that shows a picture. */
  picture(name: string): HTMLElement;
}

/** One message on screen. It stays the same element while its row changes, so focus and half-made edits survive. */
export class MessageItem {
  readonly element = make("li", "message", { testId: "message" });
  readonly #actions: MessageActions;
  readonly #avatar = make("span", "avatar", { ariaHidden: "true" });
  readonly #author = make("span", "message-author", { testId: "message-author" });
  readonly #when = make("time", "message-when");
  readonly #body = make("p", "message-body", { testId: "message-body" });
  readonly #tools = make("div", "message-tools");
  readonly #edit = this.#editButton();
  #message: Message;
  #editor: HTMLFormElement | undefined;

  constructor(message: Message, actions: MessageActions) {
    this.#message = message;
    this.#actions = actions;
    const head = make("div", "message-head", {}, this.#author, this.#when);
    this.element.append(this.#avatar, make("div", "message-main", {}, head, this.#body), this.#tools);
    this.#tools.append(this.#edit, this.#removeButton());
  }

  /** @param follows whether it continues the message above it: same author, shortly after */
  show(message: Message, own: boolean, follows: boolean): void {
    this.#message = message;
    this.element.dataset["id"] = message._id;
    this.element.classList.toggle("own", own);
    this.element.classList.toggle("follows", follows);
    this.#tools.hidden = !own || this.#editor !== undefined;
    paintAvatar(this.#avatar, message.author);
    this.#author.textContent = message.author;
    this.#when.textContent = whenText(message._creationTime);
    this.#when.dateTime = isoTime(message._creationTime);
    const picture = pictureName(message.body);
    // The text of a picture is its name, which is nothing to edit.
    this.#edit.hidden = picture !== undefined;
    if (picture !== undefined) this.#body.replaceChildren(this.#actions.picture(picture));
    else if (this.#body.textContent !== message.body) this.#body.textContent = message.body;
  }

  #editButton(): HTMLElement {
    const button = make("button", "tool", { type: "button", testId: "edit" }, "Edit");
    button.addEventListener("click", () => this.#startEdit(button));
    return button;
  }

  /** Asks once more on the button itself: there is no undo, and a dialog would be louder than the deed. */
  #removeButton(): HTMLElement {
    const button = make("button", "tool danger", { type: "button", testId: "remove" }, "Delete");
    let armed = false;
    const arm = (on: boolean): void => {
      armed = on;
      button.textContent = on ? "Really delete?" : "Delete";
      button.classList.toggle("armed", on);
    };
    button.addEventListener("click", async () => {
      if (!armed) {
        arm(true);
        return void setTimeout(() => arm(false), CONFIRM_MS);
      }
      arm(false);
      this.element.classList.add("busy");
      await this.#actions.remove(this.#message._id);
      this.element.classList.remove("busy");
    });
    return button;
  }

  #startEdit(opener: HTMLElement): void {
    const input = make("textarea", "", { value: this.#message.body, rows: 2, maxLength: 4000, testId: "edit-input" });
    input.setAttribute("aria-label", "Edit your message");
    const save = make("button", "primary", { type: "submit", testId: "save-edit" }, "Save");
    const cancel = make("button", "quiet", { type: "button" }, "Cancel");
    const editor = make("form", "editor", {}, input, make("div", "editor-actions", {}, save, cancel));
    const finish = (): void => {
      this.#editor = undefined;
      editor.replaceWith(this.#body);
      this.#tools.hidden = !this.element.classList.contains("own");
      opener.focus();
    };
    editor.addEventListener("submit", async (event) => {
      event.preventDefault();
      const body = input.value.trim();
      if (body === "") return input.focus();
      if (body === this.#message.body) return finish();
      input.readOnly = save.disabled = true;
      if (await this.#actions.edit(this.#message._id, body)) finish();
      else input.readOnly = save.disabled = false;
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") finish();
      if (submits(event)) {
        event.preventDefault();
        editor.requestSubmit();
      }
    });
    cancel.addEventListener("click", finish);
    this.#editor = editor;
    this.#tools.hidden = true;
    this.#body.replaceWith(editor);
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
    editor.scrollIntoView({ block: "nearest" });
  }
}

/** Enter alone; an Enter that picks a word in an input method is not meant for us. */
export function submits(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing;
}

function isoTime(epochMs: number): string {
  const when = new Date(epochMs);
  return Number.isNaN(when.getTime()) ? "" : when.toISOString();
}
