// A bar on a terminal, and nothing elsewhere.
const WIDTH = 30;
const EVERY_MS = 100;

let open = false;

const size = (bytes) => (bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

/** Ends the line of a bar that broke off, so that what is said next stands on its own. */
export function endLine() {
  if (open) process.stderr.write("\n");
  open = false;
}

export class Progress {
  #what;
  #total;
  #done = 0;
  #shownAt = 0;

  /** @param total in bytes; undefined where nobody knows */
  constructor(what, total) {
    this.#what = what;
    this.#total = total;
  }

  add(bytes) {
    this.#done += bytes;
    if (Date.now() - this.#shownAt >= EVERY_MS) this.#show();
  }

  end() {
    this.#show();
    endLine();
  }

  #show() {
    if (!process.stderr.isTTY) return;
    this.#shownAt = Date.now();
    open = true;
    const share = this.#total ? Math.min(1, this.#done / this.#total) : 0;
    const full = Math.round(share * WIDTH);
    const bar = this.#total ? `[${"#".repeat(full)}${".".repeat(WIDTH - full)}] ${Math.round(share * 100)} % ` : "";
    process.stderr.write(`\r${this.#what} ${bar}${size(this.#done)} `);
  }
}
