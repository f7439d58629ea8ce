// A bar on a terminal, and nothing elsewhere.
const WIDTH = 30;
const EVERY_MS = 100;

const size = (bytes) => (bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

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
    if (process.stderr.isTTY) process.stderr.write("\n");
  }

  #show() {
    if (!process.stderr.isTTY) return;
    this.#shownAt = Date.now();
    const share = this.#total ? Math.min(1, this.#done / this.#total) : 0;
    const full = Math.round(share * WIDTH);
    const bar = this.#total ? `[${"#".repeat(full)}${".".repeat(WIDTH - full)}] ${Math.round(share * 100)} % ` : "";
    process.stderr.write(`\r${this.#what} ${bar}${size(this.#done)} `);
  }
}
