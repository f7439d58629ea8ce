// The driver's side of the load process.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { LOAD_CORE, onCore } from "./cores.mjs";

const SCRIPT = fileURLToPath(new URL("load/process.mjs", import.meta.url));

export class Load {
  #child;
  #waiting = new Map();
  #lastNumber = 0;

  constructor() {
    const [command, ...args] = onCore(LOAD_CORE, [process.execPath, SCRIPT]);
    this.#child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    this.#child.on("message", ({ number, result, error }) => {
      const { resolve, reject } = this.#waiting.get(number);
      this.#waiting.delete(number);
      if (error === undefined) {
        resolve(result);
      } else {
        reject(new Error(error));
      }
    });
    this.#child.once("exit", (code) => {
      for (const { reject } of this.#waiting.values()) {
        reject(new Error(`the load process ended with ${code}`));
      }
    });
  }

  /** Does one of the jobs of load/process.mjs. */
  run(job, options) {
    return new Promise((resolve, reject) => {
      const number = ++this.#lastNumber;
      this.#waiting.set(number, { resolve, reject });
      this.#child.send({ number, job, options });
    });
  }

  close() {
    this.#child.disconnect();
  }
}
