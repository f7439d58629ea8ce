// `wrangler dev` as a process of its own: with storage on disk, to be killed and started again.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { root, SERVING } from "./harness.mjs";

const START_MS = 60_000;
const LOG_SHOWN = 2000;
/** Below the ports that the system gives to whoever asks for any: nobody takes one of these before its server does. */
const PORTS = { from: 20_000, count: 10_000 };

/** A port that nobody uses, and that nobody is given by chance before it is used. */
export async function freePort() {
  for (;;) {
    const port = PORTS.from + Math.floor(Math.random() * PORTS.count);
    if (await isFree(port)) return port;
  }
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** What the servers of this process printed is shown when a test of it has failed. */
const servers = [];
process.once("exit", (code) => {
  if (code === 0) return;
  for (const server of servers) console.error(`--- wrangler dev at ${server.url}:\n${server.log.slice(-LOG_SHOWN)}`);
});

export class DevServer {
  #child;
  #exited;
  /** What it has printed. */
  log = "";

  #path;

  constructor(port, directory, { config = "wrangler.jsonc", path = "/_lunora/status", flags = [], env = {} } = {}) {
    this.url = `http://127.0.0.1:${port}`;
    this.#path = path;
    this.#child = spawn(
      process.execPath,
      [
        join(root, "node_modules/wrangler/bin/wrangler.js"), "dev", "--show-interactive-dev-session=false",
        "--ip", "127.0.0.1", "--port", String(port), "--inspector-port", "0", "--persist-to", directory,
        "--config", config, ...flags,
      ],
      { cwd: root, env: { ...process.env, ...SERVING, CI: "1", ...env }, stdio: ["ignore", "pipe", "pipe"] },
    );
    this.#exited = new Promise((resolve) => this.#child.once("exit", resolve));
    servers.push(this);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (this.log += text));
    }
  }

  /**
   * Starts one and waits until it answers at a path: with another configuration, flags and environment if given.
   * Nothing is asked before wrangler says that it is ready: it would queue the question, and find nobody to answer.
   */
  static async start(port, directory, more) {
    const server = new DevServer(port, directory, more);
    const deadline = Date.now() + START_MS;
    while (!(await server.#answers())) {
      if (server.#child.exitCode !== null || Date.now() > deadline) {
        await server.kill();
        throw new Error(`wrangler dev did not start:\n${server.log.slice(-4000)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return server;
  }

  async #answers() {
    if (!this.log.includes("Ready on ")) return false;
    try {
      const response = await fetch(this.url + this.#path, { signal: AbortSignal.timeout(10_000) });
      await response.text();
      return response.status < 500;
    } catch {
      return false;
    }
  }

  /** Kills workerd and wrangler with SIGKILL, workerd first: no part of it can tidy up. */
  async kill() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const pids = [...descendants(this.#child.pid), this.#child.pid];
    // Stopped first, lest it starts a workerd anew.
    signal(this.#child.pid, "SIGSTOP");
    for (const pid of pids) signal(pid, "SIGKILL");
    await this.#exited;
  }

  /** The process ids of workerd. */
  workerds() {
    return descendants(this.#child.pid).filter((pid) => nameOf(pid) === "workerd");
  }
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/** `comm` and parent of a process, from /proc. */
function stat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const end = text.lastIndexOf(")");
    return { name: text.slice(text.indexOf("(") + 1, end), parent: Number(text.slice(end + 2).split(" ")[1]) };
  } catch {
    return undefined;
  }
}

const nameOf = (pid) => stat(pid)?.name;

/** The children of a process, their children and so on, the youngest first. */
function descendants(pid) {
  const children = new Map();
  for (const entry of readdirSync("/proc")) {
    const found = /^\d+$/.test(entry) && stat(entry);
    if (found) children.set(found.parent, [...(children.get(found.parent) ?? []), Number(entry)]);
  }
  const below = (parent) => (children.get(parent) ?? []).flatMap((child) => [...below(child), child]);
  return below(pid);
}
