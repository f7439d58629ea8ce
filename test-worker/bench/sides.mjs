// The sides of a comparison: each a Worker of its own on a workerd of its own, started when it is needed.
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { bundle, compatibilityDate, compiled, directoryOf } from "./bundles.mjs";
import { clearStorage, configure, serve, storageOf } from "./workerd.mjs";

const handWritten = (path, name, minify) => bundle(fileURLToPath(new URL(path, import.meta.url)), name, minify);

/** Where each side's modules come from and which job of the load fills it. */
const SIDES = {
  ours: { modules: (target, minify) => bundle(compiled(target).example, target, minify), filling: "preload" },
  bench: { modules: (target, minify) => bundle(compiled(target).bench, `${target}-further`, minify), filling: "fill" },
  baseline: { modules: (_, minify) => handWritten("baseline/worker.mjs", "baseline", minify), filling: "preload" },
  raw: { modules: (_, minify) => handWritten("rivals/raw.mjs", "raw", minify), filling: "fill" },
  scan: { modules: (_, minify) => handWritten("rivals/scan.mjs", "scan", minify), filling: "fill" },
  naive: { modules: (_, minify) => handWritten("rivals/naive.mjs", "naive", minify), filling: "fill" },
  party: { modules: (_, minify) => handWritten("rivals/party.mjs", "party", minify), filling: "fillRoom" },
};

/** The sides of one target, by name. */
export class Sides {
  #target;
  #load;
  #byName = new Map();

  constructor(target, load) {
    this.#target = target;
    this.#load = load;
  }

  /** A side with its modules bundled; its server may not run. */
  async built(name) {
    let side = this.#byName.get(name);
    if (side === undefined) {
      side = await Side.build(name, this.#target, this.#load);
      this.#byName.set(name, side);
    }
    return side;
  }

  async stop(names = [...this.#byName.keys()]) {
    for (const name of names) {
      await this.#byName.get(name)?.stop();
    }
  }
}

export class Side {
  /** What workloads note about it, by name. */
  notes = {};
  server;
  #load;
  #filling;
  #holds;

  /** A side on fresh storage, not started. */
  static async build(name, target, load, { minify = true, directory } = {}) {
    const side = new Side();
    side.name = name;
    side.#load = load;
    side.#filling = SIDES[name].filling;
    side.modules = await SIDES[name].modules(target, minify);
    side.directory = directory ?? directoryOf(name === "ours" || name === "bench" ? `${target}-${name}` : name);
    await rm(storageOf(side.directory), { recursive: true, force: true });
    await configure(side.directory, side.modules, await compatibilityDate());
    return side;
  }

  /** Serves it with its data, unless it already is. */
  async start(flags) {
    if (!this.isServed() || this.#holds !== this.#filling) {
      await this.startFresh(this.#filling, {}, flags);
    }
  }

  isServed() {
    return this.server !== undefined && this.server.isRunning();
  }

  /** Serves it on fresh storage that a job of the load fills. */
  async startFresh(filling, options, flags) {
    await this.stop();
    await clearStorage(this.directory);
    await this.restart(flags);
    await this.#load.run(filling, { port: this.server.port, ...options });
    this.#holds = Object.keys(options).length === 0 ? filling : undefined;
  }

  /** Serves it on the storage it has. */
  async restart(flags) {
    await this.stop();
    this.server = await serve(this.directory, flags);
  }

  async stop() {
    await this.server?.stop();
    this.server = undefined;
  }
}
