// What came of several requests of one import.
import { CommandError } from "./command.mjs";

const SHOWN = 10;

export class Total {
  #inserted = {};
  #conflicts = 0;
  #deleted = 0;
  #errors = [];

  /** @param first the line of the file that the request's first is */
  add({ inserted, conflicts, deleted = 0, errors, failed }, first) {
    for (const [table, rows] of Object.entries(inserted)) this.#inserted[table] = (this.#inserted[table] ?? 0) + rows;
    this.#conflicts += conflicts;
    this.#deleted += deleted;
    for (const { line, message } of errors) this.#errors.push(`line ${line + first - 1}: ${message}`);
    for (const { shardKey, message } of failed) this.#errors.push(`shard ${shardKey}: ${message}`);
    return this;
  }

  /** Throws when a row was refused. */
  require() {
    if (this.#errors.length > 0) throw new CommandError(`nothing was changed:\n${this.#told()}`);
  }

  #told() {
    const more = this.#errors.length - SHOWN;
    return [...this.#errors.slice(0, SHOWN), ...(more > 0 ? [`and ${more} more`] : [])].join("\n");
  }

  tell() {
    const rows = Object.entries(this.#inserted).map(([table, count]) => `${table} ${count}`);
    console.log(`rows put in place: ${rows.join(", ") || "none"}${this.#deleted ? `; deleted: ${this.#deleted}` : ""}${this.#conflicts ? `; there already: ${this.#conflicts}` : ""}`);
    if (this.#errors.length > 0) throw new CommandError(`not everything was taken:\n${this.#told()}`);
  }
}
