// A TCP proxy that breaks things: it cuts connections after any byte, delays chunks, and doubles or drops whole
// WebSocket frames of the client.
import { connect, createServer } from "node:net";

/** The length of the first WebSocket frame of a buffer, or 0 while it is not complete. */
function frameBytes(buffer) {
  if (buffer.length < 2) return 0;
  const short = buffer[1] & 0x7f;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  const masked = buffer[1] & 0x80 ? 4 : 0;
  if (buffer.length < 2 + extra) return 0;
  const payload = extra === 2 ? buffer.readUInt16BE(2) : extra === 8 ? Number(buffer.readBigUInt64BE(2)) : short;
  const total = 2 + extra + masked + payload;
  return buffer.length < total ? 0 : total;
}

const isText = (frame) => (frame[0] & 0x0f) === 1;

export class CuttingProxy {
  #server;
  #sockets = new Set();
  #random;
  /** How much goes wrong: 0 is nothing. */
  faulty = 1;
  counts = { cut: 0, delayed: 0, doubled: 0, dropped: 0 };

  constructor(targetPort, random) {
    this.#random = random;
    this.#server = createServer((client) => this.#join(client, connect(targetPort, "127.0.0.1")));
  }

  listen() {
    return new Promise((resolve) =>
      this.#server.listen(0, "127.0.0.1", () => {
        this.url = `http://127.0.0.1:${this.#server.address().port}`;
        resolve(this);
      }),
    );
  }

  close() {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  /** Whether a fault of that kind happens now; the first of each kind at the first occasion, so that none is missing. */
  #happens(kind, oneIn) {
    return this.faulty > 0 && (this.counts[kind] === 0 || this.#random.below(oneIn) === 0);
  }

  #join(client, server) {
    const end = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      socket.on("error", end).on("close", () => {
        this.#sockets.delete(socket);
        end();
      });
    }
    const bytesMax = this.counts.cut === 0 ? 2_000 : 30_000;
    let bytesLeft = this.#happens("cut", 2) ? this.#random.below(bytesMax) : Infinity;
    let paused = Promise.resolve();
    server.on("data", (chunk) => {
      // In order, whatever waits.
      paused = paused.then(async () => {
        if (this.#happens("delayed", 40)) {
          this.counts.delayed++;
          await new Promise((resolve) => setTimeout(resolve, this.#random.below(30)));
        }
        client.write(chunk.subarray(0, Math.min(chunk.length, bytesLeft)));
        bytesLeft -= chunk.length;
        if (bytesLeft < 0) {
          this.counts.cut++;
          client.end();
          server.destroy();
        }
      });
    });
    client.on("data", this.#upstream(server));
  }

  /** Passes a request on as it is; from an upgrade on, frame by frame. */
  #upstream(server) {
    let upgraded = false;
    let rest = Buffer.alloc(0);
    return (chunk) => {
      if (!upgraded) {
        upgraded = /upgrade: websocket/i.test(chunk.toString("latin1"));
        server.write(chunk);
        return;
      }
      rest = Buffer.concat([rest, chunk]);
      for (let length = frameBytes(rest); length > 0; length = frameBytes(rest)) {
        const frame = rest.subarray(0, length);
        rest = rest.subarray(length);
        if (isText(frame) && this.#happens("dropped", 15)) {
          this.counts.dropped++;
          continue;
        }
        server.write(frame);
        if (isText(frame) && this.#happens("doubled", 10)) {
          this.counts.doubled++;
          server.write(frame);
        }
      }
    };
  }
}
