// Sockets that watch queries, and the time from a mutation to the last frame it causes.
import { isDeepStrictEqual } from "node:util";
import { HttpConnection } from "./http-connection.mjs";
import { Replica } from "./replica.mjs";
import { TextSocket } from "./web-socket.mjs";

const OPEN_AT_ONCE = 50;
const TIMEOUT_MS = 30_000;

/** How long frames that nobody expects are waited for. */
const GRACE_MS = 30;

/** The last frame of a run of deltas, and every other frame about a result, carries the cursor. */
const CURSOR = ',"cursor":';

/** Says that a query ran again and gave what it gave before: lawful, but nothing that was due. */
const SETTLED = '{"type":"settled"';

const isResult = (text) => text.includes(CURSOR) && !text.startsWith(SETTLED);

export class Audience {
  #port;
  #watchers = [];
  #connection;
  #received = 0;
  #due = Infinity;
  #reached = () => {};

  /** Opens a socket for each list of queries and waits until each has its first result. */
  static async open(port, queries) {
    const audience = new Audience();
    audience.#port = port;
    let next = 0;
    const opening = async () => {
      while (next < queries.length) {
        audience.#watchers.push(await audience.#watcher(queries[next++]));
      }
    };
    await Promise.all(Array.from({ length: OPEN_AT_ONCE }, opening));
    audience.#applied();
    return audience;
  }

  async #watcher(queries) {
    const socket = await TextSocket.open(this.#port, "/_lunora/ws");
    const watcher = { socket, paused: false, inbox: [], queries, replicas: queries.map(() => new Replica()) };
    const seeded = new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("a first result did not come")), TIMEOUT_MS);
      let missing = queries.length;
      socket.onText = (text) => {
        watcher.inbox.push(text);
        if (isResult(text) && --missing === 0) {
          clearTimeout(timer);
          resolve();
        }
      };
    });
    socket.send(JSON.stringify({ type: "connect", clientId: `client-${this.#watchers.length}`, caps: ["pageDelta"] }));
    queries.forEach((query, i) => socket.send(JSON.stringify({ type: "subscribe", id: String(i), query })));
    await seeded;
    socket.onText = (text) => {
      watcher.inbox.push(text);
      if (isResult(text) && ++this.#received === this.#due) {
        this.#reached(performance.now());
      }
    };
    return watcher;
  }

  /** Makes calls on a connection of its own: workerd closes those that idle. */
  async connected(calls) {
    this.#connection = await HttpConnection.open(this.#port);
    try {
      return await calls();
    } finally {
      this.#connection.close();
    }
  }

  /**
   * Calls a mutation and waits for its answer and for so many subscriptions to hear of it.
   *
   * @returns {answerMs, frameMs, ms}: to the answer, to the last frame, to the later of both
   */
  async touch({ envelope, reaches }) {
    let timer;
    const reached = new Promise((resolve, reject) => {
      this.#due = this.#received + reaches;
      this.#reached = resolve;
      timer = setTimeout(
        () => reject(new Error(`${this.#due - this.#received} of ${reaches} frames did not come`)),
        TIMEOUT_MS,
      );
    });
    const start = performance.now();
    if (reaches === 0) {
      this.#reached(start);
    }
    const answered = this.#connection.rpc(envelope).then((answer) => ({ ...answer, at: performance.now() }));
    const [answer, frameAt] = await Promise.all([answered, reached]).finally(() => clearTimeout(timer));
    if (answer.status !== 200) {
      throw new Error(`${envelope.functionPath} answered ${answer.status} ${answer.body.slice(0, 200)}`);
    }
    return {
      answerMs: answer.at - start,
      frameMs: frameAt - start,
      ms: Math.max(answer.at, frameAt) - start,
    };
  }

  /** Waits until so many results have come in all. */
  async arrived(due) {
    const end = performance.now() + TIMEOUT_MS;
    while (this.#received < due) {
      if (performance.now() > end) {
        throw new Error(`${due - this.#received} frames did not come`);
      }
      await new Promise((resolve) => setTimeout(resolve, GRACE_MS));
    }
  }

  /** Throws when more frames came than were due; then takes all of them into the replicas. */
  async settled(due) {
    await new Promise((resolve) => setTimeout(resolve, GRACE_MS));
    if (this.#received !== due) {
      throw new Error(`${this.#received} results were sent where ${due} were due`);
    }
    this.#applied();
  }

  get received() {
    return this.#received;
  }

  #applied() {
    for (const { inbox, replicas } of this.#watchers) {
      for (const text of inbox) {
        const frame = JSON.parse(text);
        if (frame.type !== "ack") {
          replicas[Number(frame.id)].apply(frame);
        }
      }
      inbox.length = 0;
    }
  }

  /** How many frames of each type came, in all. */
  counts() {
    const sum = { data: 0, delta: 0, settled: 0, resume: 0 };
    for (const { replicas } of this.#watchers) {
      for (const { counts } of replicas) {
        Object.keys(sum).forEach((type) => (sum[type] += counts[type]));
      }
    }
    return sum;
  }

  /** Stops reading one socket. */
  pause(i) {
    this.#watchers[i].paused = true;
    this.#watchers[i].socket.pause();
  }

  /** Throws unless what up to so many subscriptions have is what their queries answer. */
  async converged(sample) {
    const all = this.#watchers.flatMap(({ paused, queries, replicas }) =>
      paused ? [] : queries.map((query, i) => ({ query, replica: replicas[i] })),
    );
    const step = Math.max(1, Math.floor(all.length / sample));
    for (let i = 0; i < all.length; i += step) {
      const { query, replica } = all[i];
      const { status, body } = await this.#connection.rpc(query);
      if (status !== 200 || !isDeepStrictEqual(JSON.parse(body).result, replica.rows)) {
        throw new Error(`a subscription of ${JSON.stringify(query)} has other rows than its query answers`);
      }
    }
  }

  close() {
    this.#watchers.forEach(({ socket }) => socket.close());
  }
}
