// The compiled app on local workerd, through wrangler's test harness and the root wrangler.jsonc.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { createTestHarness } from "wrangler";
import { Rpc } from "./rpc.mjs";
import { LiveSocket } from "./live-socket.mjs";

export const root = fileURLToPath(new URL("../../../", import.meta.url));

const built = join(root, "test-worker/target/worker");

/** What the Worker was compiled to: "js" or "wasm". */
export const target = readFileSync(join(built, "app.mjs"), "utf8").includes("./app.wasm") ? "wasm" : "js";

/** The environment of everything that serves the app: it is not built anew, and nothing is reported home. */
export const SERVING = { LUNORA_BUILT: "1", WRANGLER_SEND_METRICS: "false" };

/** The name of the shard that a call without a key reaches. */
export const DEFAULT_SHARD = "__root__";

/** Serves the app while the tests of the enclosing file or suite run. */
export const servedApp = () => served("wrangler.jsonc");

/** The same with a way past the edge: see direct/worker.mjs, `App.direct` and `App.connectAs`. */
export const servedWithoutEdge = () => served("test-worker/test/support/direct/wrangler.jsonc");

function served(configPath) {
  const app = new App(configPath);
  before(() => app.start(), { timeout: 120_000 });
  after(() => app.stop());
  return app;
}

class App {
  #configPath;
  #server;
  #sockets = new Set();
  /** @type {string} without a slash at the end */
  url = "";
  /** @type {Rpc} */
  rpc;

  constructor(configPath) {
    this.#configPath = configPath;
  }

  async start() {
    Object.assign(process.env, SERVING);
    // Where wrangler runs the build command of its configuration, which then does nothing.
    process.chdir(root);
    this.#server = createTestHarness({ root, workers: [{ configPath: this.#configPath }] });
    const { url } = await this.#server.listen();
    this.url = url.origin;
    if (this.#configPath === "wrangler.jsonc") await this.#server.getWorker().applyD1Migrations("DB");
    this.rpc = new Rpc(this.url);
  }

  async stop() {
    for (const socket of this.#sockets) socket.close();
    await this.#server.close();
  }

  fetch(path, init) {
    return fetch(this.url + path, init);
  }

  /** An open socket that has sent its connect frame; it merges deltas if `pageDelta`. */
  async connect({ pageDelta = false, announce = true, clientId = "spec", context, query } = {}) {
    const socket = await LiveSocket.open(this.url, query);
    this.#sockets.add(socket);
    if (announce) {
      socket.send({ type: "connect", id: "connect", clientId, context, ...(pageDelta && { caps: ["pageDelta"] }) });
    }
    return socket;
  }

  /** The same for a URL with this query, such as `?token=...&shard=...`. */
  connectTo(query) {
    return this.connect({ query });
  }

  /** Posts to a shard past the edge, with the headers that the edge would set. */
  async direct(path, body, { shard = DEFAULT_SHARD, headers = {} } = {}) {
    const response = await this.fetch(`/shard/${shard}${path}`, { method: "POST", body: JSON.stringify(body), headers });
    return { status: response.status, json: await response.json() };
  }

  /** A socket past the edge: of this user, until the identity expires (ms), announced by this connect frame. */
  async connectAs({ userId, expiresAt, shard = DEFAULT_SHARD, connect = {} }) {
    const headers = {};
    if (userId !== undefined) headers["x-lunora-userid"] = userId;
    if (expiresAt !== undefined) headers["x-lunora-identity-exp"] = String(expiresAt);
    const socket = await LiveSocket.at(`${this.url}/shard/${shard}/ws`, headers);
    this.#sockets.add(socket);
    socket.send({ type: "connect", id: "connect", clientId: "spec", ...connect });
    return socket;
  }

  /** Puts a shard, or an object of another class, to sleep: its sockets hibernate, or are closed. */
  async evict(webSockets, name = DEFAULT_SHARD, className = "ShardDO") {
    try {
      await this.#server.getWorker().evictDurableObject(className, { name, webSockets });
    } catch (error) {
      // It went to sleep by itself; its sockets are to be closed only by an eviction.
      if (webSockets !== "hibernate" || !/not currently running/.test(error.message)) throw error;
    }
  }

  /** Fires a cron trigger. */
  scheduled(cron, scheduledTime) {
    return this.#server.getWorker().scheduled({ cron, scheduledTime });
  }

  /** Runs SQL inside the default shard. */
  sql(statement, ...params) {
    return this.sqlOf("ShardDO", DEFAULT_SHARD, statement, ...params);
  }

  /** Runs SQL inside an object. */
  async sqlOf(className, name, statement, ...params) {
    const storage = await this.#server.getWorker().getDurableObjectStorage(className, { name });
    return storage.exec(statement, ...params);
  }

  /** A binding of the Worker. */
  async binding(name) {
    const env = await this.#server.getWorker().getEnv();
    return env[name];
  }

  shardIds() {
    return this.#server.getWorker().listDurableObjectIds("ShardDO");
  }

  logs() {
    return this.#server.getLogs();
  }
}
