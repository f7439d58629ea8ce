// workerd by itself on the compiled app, its storage on disk: to be killed with SIGKILL and started again.
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { root, target } from "../harness.mjs";

const require = createRequire(import.meta.url);
const { default: workerd } = require(require.resolve("workerd", { paths: [require.resolve("wrangler")] }));

const START_MS = 30_000;

export class BareWorkerd {
  #directory = mkdtempSync(join(tmpdir(), "lunora-faults-"));
  #port;
  #child;
  #exited;

  constructor(port) {
    this.#port = port;
    this.url = `http://127.0.0.1:${port}`;
    mkdirSync(join(this.#directory, "storage"));
    writeFileSync(join(this.#directory, "config.capnp"), this.#config());
  }

  #config() {
    const built = join(root, "test-worker/target/worker");
    const files = ["worker.mjs", ...readdirSync(built).filter((name) => /\.(mjs|wasm)$/.test(name) && name !== "worker.mjs")];
    const modules = files.map((name) => {
      const kind = name.endsWith(".wasm") ? "wasm" : "esModule";
      return `(name = "${name}", ${kind} = embed "${relative(this.#directory, join(built, name))}")`;
    });
    return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "storage", disk = (path = "${join(this.#directory, "storage")}", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${this.#port}", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [${modules.join(", ")}],
  compatibilityDate = "2026-10-01",
  durableObjectNamespaces = [(className = "ShardDO", uniqueKey = "faults", enableSql = true)],
  durableObjectStorage = (localDisk = "storage"),
  bindings = [(name = "SHARD", durableObjectNamespace = "ShardDO")],
);
`;
  }

  /** Starts it, and resolves when it answers. */
  async start() {
    this.#child = spawn(workerd, ["serve", join(this.#directory, "config.capnp")], { stdio: "ignore" });
    this.#exited = new Promise((resolve) => this.#child.once("exit", resolve));
    for (const deadline = Date.now() + START_MS; ; ) {
      const answered = await fetch(`${this.url}/_lunora/status`).then((r) => r.text(), () => undefined);
      if (answered !== undefined) return;
      if (this.#child.exitCode !== null || Date.now() > deadline) throw new Error(`workerd (${target}) did not start`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** SIGKILL: no part of it can tidy up. */
  async kill() {
    if (!this.#child || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill("SIGKILL");
    await this.#exited;
  }

  /** The rows of a query on a copy of the stored database of the only shard, best read while nothing runs. */
  read(...statements) {
    const copy = mkdtempSync(join(tmpdir(), "lunora-faults-db-"));
    try {
      const folder = join(this.#directory, "storage", "faults");
      const stored = readdirSync(folder).filter((name) => name.endsWith(".sqlite") && name !== "metadata.sqlite");
      if (stored.length !== 1) throw new Error(`one shard expected: ${stored}`);
      for (const ending of ["", "-wal", "-shm"]) {
        const file = join(folder, stored[0] + ending);
        if (existsSync(file)) copyFileSync(file, join(copy, basename(file)));
      }
      const database = new DatabaseSync(join(copy, stored[0]));
      const rows = statements.map((statement) => database.prepare(statement).all());
      database.close();
      return rows;
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }

  async remove() {
    await this.kill();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
