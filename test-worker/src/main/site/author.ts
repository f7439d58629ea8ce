import { byId } from "./element.js";

const STORED_AS = "lunora-chat-author";
const TINTS = 8;

/** The reader's own name, kept in this browser. A new reader gets a name nobody else is likely to have. */
export class Author {
  readonly #input = byId<HTMLInputElement>("author-input");
  readonly #avatar = byId("author-avatar");
  #name: string;

  constructor(onChange: () => void) {
    this.#name = stored() ?? `guest-${100 + Math.floor(Math.random() * 900)}`;
    this.#input.value = this.#name;
    this.#show();
    this.#input.addEventListener("change", () => {
      // An empty name would make messages nobody can edit, so the old one stays.
      this.#name = this.#input.value.trim() || this.#name;
      this.#input.value = this.#name;
      store(this.#name);
      this.#show();
      onChange();
    });
    store(this.#name);
  }

  get name(): string {
    return this.#name;
  }

  #show(): void {
    paintAvatar(this.#avatar, this.#name);
  }
}

/** Initials on a colour that is always the same for a name. */
export function paintAvatar(avatar: HTMLElement, name: string): void {
  const words = name.split(/[\s_.-]+/).filter(Boolean);
  avatar.textContent = words.slice(0, 2).map((word) => Array.from(word)[0]?.toUpperCase()).join("") || "?";
  let hash = 0;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  // The low bits alone depend on little more than the last letter.
  avatar.dataset["tint"] = String(((hash ^ (hash >>> 9)) >>> 0) % TINTS);
}

/** Storage throws when a browser blocks it; the chat works without. */
function stored(): string | null {
  try {
    return localStorage.getItem(STORED_AS);
  } catch {
    return null;
  }
}

function store(name: string): void {
  try {
    localStorage.setItem(STORED_AS, name);
  } catch {
    // Kept for this page only.
  }
}
