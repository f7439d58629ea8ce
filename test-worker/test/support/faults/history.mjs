// What clients did and saw, line by line, in one order for all of them.
import { appendFileSync } from "node:fs";

export class History {
  events = [];
  #file;

  /** @param file where each event is also kept as a line of JSON, or undefined */
  constructor(file) {
    this.#file = file;
  }

  add(type, event) {
    const line = { n: this.events.length, type, ...event };
    this.events.push(line);
    if (this.#file) appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
    return line;
  }
}
