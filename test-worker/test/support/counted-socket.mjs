// Bare sockets for tests with thousands of them: they count their frames and remember the last.
import { TextSocket } from "../../bench/load/web-socket.mjs";

const WAIT_MS = 120_000;
const BATCH = 50;

/**
 * How many frames of a socket wait for their answers at once. With a thousand on each of eight sockets workerd behind
 * wrangler's proxy spends its time in the queue for the isolate, 38 s instead of 10 for 8,000 subscriptions; workerd
 * alone takes 6.5 s either way.
 */
const WINDOW = 10;

/** Opens sockets in batches and waits until each has an ack and a result for each of its frames. */
export async function openCounted(t, port, count, framesOf) {
  const sockets = [];
  t.after(() => sockets.forEach((socket) => socket.close()));
  while (sockets.length < count) {
    const batch = Array.from({ length: Math.min(BATCH, count - sockets.length) }, async (_, n) => {
      const socket = new Counted(await TextSocket.open(port, "/_lunora/ws"));
      const frames = framesOf(sockets.length + n);
      for (const [sent, frame] of frames.entries()) {
        await socket.counted(2 * (sent + 1 - WINDOW));
        socket.send(frame);
      }
      await socket.counted(2 * frames.length);
      return socket;
    });
    sockets.push(...(await Promise.all(batch)));
  }
  return sockets;
}

/** A bare socket that counts its frames and waits for a text in them. */
export class Counted {
  frames = 0;
  #socket;
  #last = "";
  #waiting = new Set();

  constructor(socket) {
    this.#socket = socket;
    socket.onText = (text) => {
      this.frames++;
      this.#last = text;
      for (const check of this.#waiting) check();
    };
  }

  send(text) {
    this.#socket.send(text);
  }

  close() {
    this.#socket.close();
  }

  counted(frames) {
    return this.#until(() => this.frames >= frames, `frame ${frames}`);
  }

  reached(text) {
    return this.#until(() => this.#last.includes(text), text);
  }

  #until(holds, what) {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!holds()) return;
        clearTimeout(timer);
        this.#waiting.delete(check);
        resolve();
      };
      const timer = setTimeout(() => reject(new Error(`no ${what}; frame ${this.frames} is ${this.#last.slice(0, 200)}`)), WAIT_MS);
      this.#waiting.add(check);
      check();
    });
  }
}
