// Bare workerd on a Worker with a SQLite Durable Object, its storage in a directory.
import { spawn } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join, relative } from "node:path";
import { SERVER_CORE, onCore } from "./cores.mjs";

const require = createRequire(import.meta.url);

/** The executable that wrangler brings. */
const { default: workerd } = require(require.resolve("workerd", { paths: [require.resolve("wrangler")] }));

/** Servers still running, to be ended whatever happens. */
const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => process.exit(1));
}

let storages;

/** Has the storage of all sides in a directory of theirs from now on, and not beside their configuration. */
export function storeIn(directory) {
  storages = directory;
}

/** Where the storage of a configured directory lies. */
export function storageOf(directory) {
  return storages === undefined ? join(directory, "storage") : join(storages, `lunora-bench-${basename(directory)}`);
}

/**
 * Writes what workerd needs to serve a Worker.
 *
 * @param modules [{name, kind: "esModule" | "wasm", path}], the entry first
 */
export async function configure(directory, modules, compatibilityDate) {
  await mkdir(directory, { recursive: true });
  await mkdir(storageOf(directory), { recursive: true });
  const embedded = modules.map(
    ({ name, kind, path }) => `(name = "${name}", ${kind} = embed "${relative(directory, path)}")`,
  );
  await writeFile(
    join(directory, "config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "storage", disk = (path = "${storageOf(directory)}", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [${embedded.join(", ")}],
  compatibilityDate = "${compatibilityDate}",
  durableObjectNamespaces = [(className = "ShardDO", uniqueKey = "bench", enableSql = true)],
  durableObjectStorage = (localDisk = "storage"),
  bindings = [(name = "SHARD", durableObjectNamespace = "ShardDO")],
);
`,
  );
}

/** Empties the storage of a configured directory. No server may run on it. */
export async function clearStorage(directory) {
  await rm(storageOf(directory), { recursive: true, force: true });
  await mkdir(storageOf(directory));
}

/** Starts workerd on a configured directory. Resolves when it listens, with its port. */
export function serve(directory, flags = []) {
  const [command, ...args] = onCore(SERVER_CORE, [
    workerd,
    "serve",
    "--control-fd=3",
    ...flags,
    join(directory, "config.capnp"),
  ]);
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit", "pipe"] });
  running.add(child);
  const exited = new Promise((resolve) => child.once("exit", resolve));
  exited.then(() => running.delete(child));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    exited.then((code) => reject(new Error(`workerd ended with ${code} before it listened`)));
    let events = "";
    const ports = {};
    child.stdio[3].on("data", (data) => {
      events += data;
      for (let end = events.indexOf("\n"); end >= 0; end = events.indexOf("\n")) {
        const event = JSON.parse(events.slice(0, end));
        events = events.slice(end + 1);
        ports[event.event === "listen-inspector" ? "inspector" : event.socket] = event.port;
      }
      if (ports.http !== undefined) {
        const stop = () => {
          child.kill("SIGKILL");
          return exited;
        };
        const isRunning = () => child.exitCode === null && child.signalCode === null;
        resolve({ port: ports.http, inspectorPort: ports.inspector, pid: child.pid, isRunning, stop });
      }
    });
  });
}
