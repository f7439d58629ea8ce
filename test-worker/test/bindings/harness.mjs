// One Worker of test-worker/bindings for each spec file, on local workerd, as its wrangler.jsonc describes it.
import { createServer } from "node:http";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { createTestHarness } from "wrangler";

process.env.WRANGLER_SEND_METRICS = "false";

export const root = resolve(fileURLToPath(import.meta.url), "../../../..");
const configPath = resolve(root, "test-worker/bindings/wrangler.jsonc");

/** Starts the Worker before a file's tests and ends it after them, with every socket and server. */
export function startWorker() {
  if (!existsSync(resolve(root, "test-worker/bindings/target/worker/app.mjs"))) {
    throw new Error("not built: mvn -q -pl test-worker/bindings -am -DskipTests package");
  }
  const server = createTestHarness({ root, workers: [{ configPath, secrets: { TOKEN: "s3cret" } }] });
  const disposals = [() => server.close()];
  let address;
  before(async () => {
    address = (await server.listen()).url;
  });
  after(async () => {
    for (const dispose of disposals.reverse()) await dispose();
  });
  return {
    /** The Worker's handle, for evictions, storage and ids. */
    get handle() {
      return server.getWorker();
    },
    fetch(path, init) {
      return server.fetch(path, init);
    },
    /** The JSON of a 200. */
    async json(path, init) {
      const response = await server.fetch(path, init);
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
      return JSON.parse(text);
    },
    /** A client's socket; closed at the end, if not before. */
    async socket(path) {
      const url = new URL(path, address);
      url.protocol = "ws:";
      const socket = new Socket(new WebSocket(url));
      // Not waited for: a socket that the platform dropped never answers.
      disposals.push(() => void socket.close());
      await socket.opened;
      return socket;
    },
    /** An HTTP server on 127.0.0.1 for the Worker to call. Its URL, without a slash. */
    async outside(answer) {
      const outside = createServer(answer);
      await new Promise((done) => outside.listen(0, "127.0.0.1", done));
      disposals.push(() => {
        outside.closeAllConnections();
        return new Promise((done) => outside.close(done));
      });
      return `http://127.0.0.1:${outside.address().port}`;
    },
  };
}

/** A WebSocket whose frames are waited for one by one. */
class Socket {
  #frames = [];
  #waiting = [];
  #socket;

  constructor(socket) {
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => this.#deliver(data);
    this.opened = new Promise((done, failed) => {
      socket.onopen = done;
      socket.onerror = () => failed(new Error(`no socket at ${socket.url}`));
    });
    this.closed = new Promise((done) => {
      socket.onclose = ({ code, reason }) => done({ code, reason });
    });
  }

  #deliver(frame) {
    const taker = this.#waiting.shift();
    if (taker) taker(frame);
    else this.#frames.push(frame);
  }

  get isOpen() {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  send(frame) {
    this.#socket.send(frame);
  }

  /** The next frame, within 10 seconds. */
  next() {
    if (this.#frames.length > 0) return this.#frames.shift();
    return new Promise((done, failed) => {
      const timer = setTimeout(() => failed(new Error("no frame within 10 s")), 10_000);
      this.#waiting.push((frame) => {
        clearTimeout(timer);
        done(frame);
      });
    });
  }

  close(code = 1000, reason = "") {
    this.#socket.close(code, reason);
    return this.closed;
  }
}

/** Asks until the check passes, for at most `ms`; throws with the last answer. */
export async function until(ask, check, ms = 15_000) {
  const end = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (check(answer)) return answer;
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${JSON.stringify(answer)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
