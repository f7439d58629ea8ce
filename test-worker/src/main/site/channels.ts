import { byId, make } from "./element.js";

const USUAL = ["general", "random", "java"];

/** The channel on screen. It lives in the address (`#java`), so that a link or the back button leads to it. */
export class Channels {
  readonly #list = byId("channels");
  readonly #input = byId<HTMLInputElement>("channel-select");
  readonly #visited: string[] = [...USUAL];

  constructor(onChange: (channel: string) => void) {
    byId("channel-names").append(...USUAL.map((name) => make("option", "", { value: name })));
    byId("channel-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const name = channelName(this.#input.value);
      if (name === "") return this.#input.focus();
      this.#input.value = "";
      location.hash = encodeURIComponent(name);
    });
    addEventListener("hashchange", () => {
      // The skip link also changes the hash.
      if (document.getElementById(location.hash.slice(1)) !== null) return;
      this.#show();
      onChange(this.current);
    });
    this.#show();
  }

  get current(): string {
    return channelName(decoded(location.hash.slice(1))) || "general";
  }

  #show(): void {
    const current = this.current;
    if (!this.#visited.includes(current)) this.#visited.push(current);
    this.#list.replaceChildren(...this.#visited.map((name) => make("li", "", {}, channelLink(name, name === current))));
  }
}

function channelLink(name: string, current: boolean): HTMLElement {
  const mark = make("span", "channel-mark", { ariaHidden: "true" }, "#");
  const link = make("a", "channel", { href: `#${encodeURIComponent(name)}`, testId: `channel-${name}` }, mark, name);
  if (current) link.setAttribute("aria-current", "page");
  return link;
}

function channelName(text: string): string {
  return text.trim().replace(/^#+/, "").replace(/\s+/g, "-").toLowerCase().slice(0, 40);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
