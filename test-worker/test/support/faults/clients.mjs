// Writers and subscribers of the example as a careful client would be: what is not answered is sent again under the
// same id, and who was cut off comes back with the last cursor it saw.
const RETRY_MS = 25;
const SILENCE_MS = 1500;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Writes until it is told to stop, and then until its last call is answered. */
export class Writer {
  #stopped = false;
  #sequence = 0;
  #calls = 0;

  constructor(name, url, history, random) {
    Object.assign(this, { name, url, history, random });
  }

  stop() {
    this.#stopped = true;
  }

  async resume() {
    this.#stopped = false;
    while (!this.#stopped) await this.#call(...this.#next());
  }

  /** The next call: its path, its arguments and how it is told from others. */
  #next() {
    const token = `${this.name}.${++this.#calls}`;
    const channel = `c${this.random.below(3)}`;
    switch (this.random.below(8)) {
      case 0:
        return ["counters:push", { name: "pushed", by: 1 }, { "x-lunora-client-seq": String(++this.#sequence) }];
      case 1:
      case 2:
        return ["counters:add", { name: "all", by: 1 }, { "x-lunora-mutation-id": token }];
      case 3:
        return ["counters:addThenFail", { name: "all", by: 1000 }, { "x-lunora-mutation-id": token }];
      case 4: {
        const bodies = Array.from({ length: 2 + this.random.below(3) }, (_, i) => `${token}/${i}`);
        return ["messages:sendMany", { channel, author: "a", bodies }, { "x-lunora-mutation-id": token }];
      }
      case 5:
        return ["counters:get", { name: "all" }, {}];
      default:
        return ["messages:send", { channel, author: "a", body: token }, { "x-lunora-mutation-id": token }];
    }
  }

  async #call(path, args, key) {
    const headers = { "x-lunora-client-id": this.name, ...key };
    const { n: op } = this.history.add("invoke", { path, args, key: Object.values(key)[0] && `${this.name} ${Object.values(key)[0]}` });
    for (let tries = 1; ; tries++) {
      try {
        const body = JSON.stringify({ functionPath: path, args });
        const response = await fetch(`${this.url()}/_lunora/rpc`, { method: "POST", body, headers, signal: AbortSignal.timeout(5000) });
        const answer = await response.json();
        if (response.status >= 500) throw new Error(`${response.status} ${JSON.stringify(answer)}`);
        this.history.add("answer", { op, tries, ...answer });
        return;
      } catch (error) {
        this.history.add("lost", { op, why: String(error.cause?.code ?? error.message) });
        await pause(RETRY_MS);
      }
    }
  }
}

/** Watches some queries for as long as it lives, over one socket after another. */
export class Subscriber {
  #socket;
  #closed = false;
  #subs = new Map();
  #heardAt = 0;
  #watchdog;

  constructor(name, url, history, pageDelta, queries) {
    Object.assign(this, { name, url, history, pageDelta });
    queries.forEach(([path, args], i) => this.#subs.set(`${name}-${i}`, { path, args, seeded: false }));
    this.#watchdog = setInterval(() => this.#watch(), 200);
    this.#open();
  }

  #open() {
    if (this.#closed) return;
    for (const sub of this.#subs.values()) sub.seeded = false;
    this.#heardAt = Date.now();
    const socket = new WebSocket(`${this.url().replace("http", "ws")}/_lunora/ws`);
    this.#socket = socket;
    socket.addEventListener("open", () => this.#greet(socket));
    socket.addEventListener("message", ({ data }) => socket === this.#socket && this.#received(data));
    socket.addEventListener("close", () => this.#lost(socket));
    socket.addEventListener("error", () => this.#lost(socket));
  }

  #greet(socket) {
    if (socket !== this.#socket) return;
    this.history.add("open", { client: this.name });
    socket.send(JSON.stringify({ type: "connect", id: "connect", clientId: this.name, caps: this.pageDelta ? ["pageDelta"] : [] }));
    for (const [id, { path, args, cursor, epoch }] of this.#subs) {
      const since = cursor === undefined ? {} : { sinceSeq: cursor, sinceEpoch: epoch };
      this.history.add("subscribe", { id, client: this.name, path, args, ...since });
      socket.send(JSON.stringify({ type: "subscribe", id, query: { functionPath: path, args, ...since } }));
    }
  }

  #received(data) {
    this.#heardAt = Date.now();
    const frame = JSON.parse(data);
    this.history.add("frame", { client: this.name, frame });
    const sub = this.#subs.get(frame.id);
    if (sub && frame.cursor !== undefined) {
      Object.assign(sub, { cursor: frame.cursor, epoch: frame.epoch, seeded: true });
    }
  }

  #lost(socket) {
    if (socket !== this.#socket) return;
    this.#socket = undefined;
    setTimeout(() => this.#open(), RETRY_MS);
  }

  /** A subscription that got no result in time, or a socket that never opened: another socket. */
  #watch() {
    const waiting = [...this.#subs.values()].some((sub) => !sub.seeded);
    if (waiting && Date.now() - this.#heardAt > SILENCE_MS) this.#reopen();
  }

  #reopen() {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
    this.#open();
  }

  /** Whether every query was answered over the present socket. */
  get seeded() {
    return [...this.#subs.values()].every((sub) => sub.seeded);
  }

  /** Whether it has come as far as that cursor in every query. */
  hasSeen(cursor) {
    return [...this.#subs.values()].every((sub) => sub.cursor >= cursor);
  }

  close() {
    this.#closed = true;
    clearInterval(this.#watchdog);
    this.#socket?.close();
  }
}
