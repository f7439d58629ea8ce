// A WebSocket client on a bare socket: text frames only, and as little work for each as can be.
import { randomBytes } from "node:crypto";
import { connect } from "node:net";

const TEXT = 0x81;
const LENGTH_16 = 126;
const LENGTH_64 = 127;

export class TextSocket {
  /** Called with the text of each frame. */
  onText = () => {};
  #socket;
  #pending = Buffer.alloc(0);

  constructor(socket) {
    this.#socket = socket;
    socket.on("data", (chunk) => this.#received(chunk));
    socket.on("error", () => socket.destroy());
  }

  /** Rejects when the server refuses the upgrade. */
  static open(port, path) {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1" });
      socket.setNoDelay(true);
      socket.once("error", reject);
      socket.write(
        `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nupgrade: websocket\r\nconnection: Upgrade\r\n` +
          `sec-websocket-version: 13\r\nsec-websocket-key: ${randomBytes(16).toString("base64")}\r\n\r\n`,
      );
      let head = Buffer.alloc(0);
      const onHead = (chunk) => {
        head = Buffer.concat([head, chunk]);
        const end = head.indexOf("\r\n\r\n");
        if (end < 0) {
          return;
        }
        socket.off("data", onHead);
        socket.off("error", reject);
        if (!head.latin1Slice(0, end).startsWith("HTTP/1.1 101")) {
          socket.destroy();
          reject(new Error(`upgrade refused: ${head.latin1Slice(0, end)}`));
          return;
        }
        const client = new TextSocket(socket);
        client.#received(head.subarray(end + 4));
        resolve(client);
      };
      socket.on("data", onHead);
    });
  }

  send(text) {
    const payload = Buffer.from(text);
    const long = payload.length >= LENGTH_16;
    const frame = Buffer.alloc((long ? 8 : 6) + payload.length);
    frame[0] = TEXT;
    frame[1] = 0x80 | (long ? LENGTH_16 : payload.length);
    if (long) {
      frame.writeUInt16BE(payload.length, 2);
    }
    // The mask is four zero bytes: lawful, and it leaves the payload as it is.
    payload.copy(frame, long ? 8 : 6);
    this.#socket.write(frame);
  }

  /** Reads nothing any more. */
  pause() {
    this.#socket.pause();
  }

  close() {
    this.#socket.destroy();
  }

  #received(chunk) {
    let bytes = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    let at = 0;
    for (;;) {
      const frame = frameAt(bytes, at);
      if (frame === null) {
        break;
      }
      if (bytes[at] === TEXT) {
        this.onText(bytes.utf8Slice(frame.from, frame.to));
      }
      at = frame.to;
    }
    this.#pending = bytes.subarray(at);
  }
}

/** Where the payload of a frame lies, or null while it is not complete. */
function frameAt(bytes, at) {
  if (bytes.length < at + 2) {
    return null;
  }
  const short = bytes[at + 1] & 0x7f;
  const from = at + (short < LENGTH_16 ? 2 : short === LENGTH_16 ? 4 : 10);
  if (bytes.length < from) {
    return null;
  }
  const length =
    short === LENGTH_16 ? bytes.readUInt16BE(at + 2) : short === LENGTH_64 ? Number(bytes.readBigUInt64BE(at + 2)) : short;
  return bytes.length < from + length ? null : { from, to: from + length };
}
