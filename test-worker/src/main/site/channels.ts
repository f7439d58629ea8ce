import { byId, make } from "./element.js";

const USUAL = ["general", "random", "java"];

/** The channel on screen. It lives in the address (`#java`), so that a link or the back button leads to it. */
export class Channels {
  readonly #list = byId("channels");
  readonly #input = byId<HTMLInputElement>("channel-select");
  readonly #links = new Map<string, HTMLElement>();

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
      this.#show();
      onChange(this.current);
    });
    for (const name of USUAL) this.#link(name);
    this.#show();
  }

  get current(): string {
    return channelName(decoded(location.hash.slice(1))) || "general";
  }

  #show(): void {
    const current = this.#link(this.current);
    for (const link of this.#links.values()) {
      if (link === current) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    current.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** The link to a channel, made on the first visit and kept, because it may have the focus. */
  #link(name: string): HTMLElement {
    const known = this.#links.get(name);
    if (known !== undefined) return known;
    const mark = make("span", "channel-mark", { ariaHidden: "true" }, "#");
    const link = make("a", "channel", { href: `#${encodeURIComponent(name)}`, testId: `channel-${name}` }, mark, name);
    this.#links.set(name, link);
    this.#list.append(make("li", "", {}, link));
    return link;
  }
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
