// A live socket that keeps every frame and lets a test wait for the one it is about.
import assert from "node:assert/strict";
import { subscribe } from "node:diagnostics_channel";

const WAIT_MS = 30_000;

/** Why the last request to a path failed: a WebSocket's error says nothing, the HTTP client beneath it does. */
const failures = new Map();
subscribe("undici:request:headers", ({ request, response }) => {
  if (request.upgrade && response.statusCode !== 101) failures.set(request.origin + request.path, `status ${response.statusCode}`);
});
subscribe("undici:request:error", ({ request, error }) => {
  if (request.upgrade && error.name !== "AbortError") failures.set(request.origin + request.path, String(error));
});

export class LiveSocket {
  /** Every frame so far, parsed where it is JSON. */
  frames = [];
  closed;
  #socket;
  #waiting = new Set();
  #ids = 0;

  /** Opens a socket of a deployment; rejects when the upgrade is refused. */
  static open(url, query = "") {
    return LiveSocket.at(`${url}/_lunora/ws${query}`);
  }

  /** Opens a socket at an address. */
  static at(url, headers = {}) {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url.replace(/^http/, "ws"), { headers });
      const live = new LiveSocket(socket);
      socket.addEventListener("open", () => resolve(live), { once: true });
      socket.addEventListener("error", () => reject(new Error(`${url} refused the socket: ${failures.get(url)}`)), { once: true });
    });
  }

  constructor(socket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.addEventListener("close", resolve, { once: true }));
    socket.addEventListener("message", ({ data }) => {
      let frame = data;
      try {
        frame = JSON.parse(data);
      } catch {
        // The pong is plain text.
      }
      this.frames.push(frame);
      for (const check of [...this.#waiting]) check();
    });
  }

  send(frame) {
    this.sendRaw(JSON.stringify(frame));
  }

  sendRaw(data) {
    this.#socket.send(data);
  }

  close() {
    this.#socket.close();
  }

  /** Resolves with what `find` gives for the frames, as soon as it gives something. */
  until(find, what) {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = find(this.frames);
        if (found === undefined || found === false) return;
        clearTimeout(timer);
        this.#waiting.delete(check);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(check);
        const last = JSON.stringify(this.frames.slice(-5)).slice(0, 1000);
        reject(new Error(`no ${what} in ${WAIT_MS} ms; the last of ${this.frames.length} frames: ${last}`));
      }, WAIT_MS);
      this.#waiting.add(check);
      check();
    });
  }

  /** The first frame from index `from` on that matches. */
  frame(matches, what = "such frame", from = 0) {
    return this.until((frames) => frames.slice(from).find(matches), what);
  }

  /** The frames about one subscription. */
  of(id) {
    return this.frames.filter((frame) => frame.id === id);
  }

  /** The frames about one subscription, once there are that many. */
  count(id, n) {
    return this.until(() => this.of(id).length >= n && this.of(id), `frame ${n} of ${id}`);
  }

  newId() {
    return `sub_${++this.#ids}`;
  }

  /** Subscribes and waits for the first frame after the ack: data, resume or error. */
  async subscribe(functionPath, args = {}, more = {}) {
    const id = this.newId();
    this.send({ type: "subscribe", id, query: { functionPath, args, ...more } });
    const [ack, first] = await this.count(id, 2);
    assert.deepEqual(ack, { id, type: "ack" });
    return { id, first };
  }

  async unsubscribe(id) {
    const from = this.frames.length;
    this.send({ type: "unsubscribe", id });
    return this.frame((frame) => frame.id === id && frame.type === "ack", `ack of ${id}`, from);
  }

  /**
   * Resolves when everything that earlier writes caused has arrived: two later writes have, one after the other,
   * so that whatever was sent together with the first is here as well.
   */
  async settle(rpc) {
    const name = `settle-${process.pid}-${Math.random()}`;
    const { id } = await this.subscribe("counters:get", { name });
    await rpc.call("counters:add", { name, by: 1 });
    await this.frame((frame) => frame.id === id && frame.data === 1, "settling frame");
    await rpc.call("counters:add", { name, by: 1 });
    await this.frame((frame) => frame.id === id && frame.data === 2, "settling frame");
    await this.unsubscribe(id);
  }
}

/** Frame n of a subscription, after a write. */
export async function after(socket, id, n, write) {
  await write;
  return (await socket.count(id, n))[n - 1];
}

/** A frame with this type and exactly these fields. */
export function assertFrame(frame, type, fields) {
  assert.equal(frame.type, type, JSON.stringify(frame).slice(0, 500));
  assert.deepEqual(Object.keys(frame).sort(), ["type", ...fields].sort());
}
