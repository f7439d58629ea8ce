import { LunoraError, type LunoraClient } from "@lunora-java/client";
import { byId, make } from "./element.js";

const BYTES_MAX = 10_000_000;

/** As the input accepts; its chooser lets a reader pick others all the same. */
const PICTURE_TYPES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];

/** How a message says that it is a picture, and which. */
const PICTURE = /^\[picture\] ([0-9a-f-]{36})$/;

/** The name of the picture that a message is; undefined for a text. */
export function pictureName(body: string): string | undefined {
  return PICTURE.exec(body)?.[1];
}

/** What a picture needs from the page around it. */
export interface PicturePage {
  /** Says something in a channel; reports its own failures. */
  send(body: string, channel: string): Promise<unknown>;
  /** The channel on screen. */
  channel(): string;
  /** Tells the reader what failed. */
  report(thrown: unknown): void;
  /** A picture has arrived and takes up its space. */
  grown(): void;
}

/** The button that picks a picture: the browser sends it to the bucket by a signed URL, then says so in the channel. */
export class Pictures {
  readonly #client: LunoraClient;
  readonly #page: PicturePage;
  /** Elements by name: a URL that is fetched anew would load the same picture again. */
  readonly #shown = new Map<string, HTMLImageElement>();

  constructor(client: LunoraClient, page: PicturePage) {
    this.#client = client;
    this.#page = page;
    const input = byId<HTMLInputElement>("picture-input");
    const button = byId<HTMLButtonElement>("picture");
    button.addEventListener("click", () => input.click());
    input.addEventListener("change", async () => {
      const file = input.files?.[0];
      input.value = "";
      if (file === undefined) return;
      // The reader may look at another channel by the time it is uploaded.
      const channel = page.channel();
      button.disabled = true;
      button.setAttribute("aria-busy", "true");
      try {
        await page.send(`[picture] ${await this.#upload(file)}`, channel);
      } catch (thrown) {
        page.report(thrown);
      }
      button.removeAttribute("aria-busy");
      button.disabled = false;
    });
  }

  /** The element that shows a picture. */
  show(name: string): HTMLImageElement {
    const known = this.#shown.get(name);
    if (known) return known;
    const image = make("img", "message-picture", { alt: "A picture", testId: "message-picture" });
    this.#shown.set(name, image);
    image.addEventListener("load", () => this.#page.grown());
    void this.#client.action<string>("files:downloadUrl", { name }).then(
      (url) => (image.src = url),
      () => (image.alt = "This picture cannot be shown"),
    );
    return image;
  }

  async #upload(file: File): Promise<string> {
    if (file.size === 0 || file.size > BYTES_MAX) throw unusable(`pictures have 1 to ${BYTES_MAX.toLocaleString()} bytes`);
    if (!PICTURE_TYPES.includes(file.type)) throw unusable("a picture is PNG, JPEG, GIF, WebP or AVIF");
    const name = crypto.randomUUID();
    const url = await this.#client.action<string>("files:uploadUrl", { name, contentType: file.type, size: file.size });
    const response = await fetch(url, { method: "PUT", body: file, headers: { "content-type": file.type } });
    if (!response.ok) throw new LunoraError({ code: "UPLOAD_REFUSED", message: `the bucket answered ${response.status}` });
    return name;
  }
}

function unusable(message: string): LunoraError {
  return new LunoraError({ code: "INVALID_INPUT", message, hint: "Choose another picture." });
}
