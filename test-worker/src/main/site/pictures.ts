import type { LunoraClient } from "@lunora-java/client";
import { byId, make } from "./element.js";

const BYTES_MAX = 10_000_000;

/** How a message says that it is a picture, and which. */
const PICTURE = /^\[picture\] ([0-9a-f-]{36})$/;

/** The name of the picture that a message is; undefined for a text. */
export function pictureName(body: string): string | undefined {
  return PICTURE.exec(body)?.[1];
}

/** The button that picks a picture: the browser sends it to the bucket by a signed URL, then says so in the channel. */
export class Pictures {
  readonly #client: LunoraClient;
  /** Elements by name: a URL that is fetched anew would load the same picture again. */
  readonly #shown = new Map<string, HTMLImageElement>();

  /** @param send says something in the channel; reports its own failures */
  constructor(client: LunoraClient, send: (body: string) => Promise<unknown>, report: (thrown: unknown) => void) {
    this.#client = client;
    const input = byId<HTMLInputElement>("picture-input");
    const button = byId<HTMLButtonElement>("picture");
    button.addEventListener("click", () => input.click());
    input.addEventListener("change", async () => {
      const file = input.files?.[0];
      input.value = "";
      if (file === undefined) return;
      button.disabled = true;
      try {
        await send(`[picture] ${await this.#upload(file)}`);
      } catch (thrown) {
        report(thrown);
      }
      button.disabled = false;
    });
  }

  /** The element that shows a picture. */
  show(name: string): HTMLImageElement {
    const known = this.#shown.get(name);
    if (known) return known;
    const image = make("img", "message-picture", { alt: "A picture", testId: "message-picture" });
    this.#shown.set(name, image);
    void this.#client.action<string>("files:downloadUrl", { name }).then(
      (url) => (image.src = url),
      () => (image.alt = "This picture cannot be shown"),
    );
    return image;
  }

  async #upload(file: File): Promise<string> {
    if (file.size === 0 || file.size > BYTES_MAX) throw new Error(`Pictures have 1 to ${BYTES_MAX / 1_000_000} million bytes`);
    const name = crypto.randomUUID();
    const url = await this.#client.action<string>("files:uploadUrl", { name, contentType: file.type, size: file.size });
    const response = await fetch(url, { method: "PUT", body: file, headers: { "content-type": file.type } });
    if (!response.ok) throw new Error(`The upload was refused (${response.status})`);
    return name;
  }
}
