// One keep-alive HTTP connection with one request at a time, on a bare socket: the less the load
// costs, the more of the measured time is the server's.
import { connect } from "node:net";

const HEAD_END = Buffer.from("\r\n\r\n");

export class HttpConnection {
  #socket;
  #chunks = [];
  #size = 0;
  #head = null;
  #waiting = null;
  #failure = null;

  constructor(socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (chunk) => this.#received(chunk));
    socket.on("error", (error) => this.#failed(error));
    socket.on("close", () => this.#failed(new Error("the server closed the connection")));
  }

  /** Rejects when nobody listens on the port. */
  static open(port) {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1" });
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.off("error", reject);
        resolve(new HttpConnection(socket));
      });
    });
  }

  /** Calls a function; gives {status, body}. */
  rpc(envelope) {
    return this.send(rpcRequest(envelope));
  }

  /** Sends a rendered request; gives {status, body}. */
  send(request) {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) {
        reject(this.#failure);
        return;
      }
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close() {
    this.#socket.destroy();
  }

  #failed(error) {
    this.#failure ??= error;
    this.#waiting?.reject(this.#failure);
    this.#waiting = null;
  }

  #received(chunk) {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#head === null) {
      const bytes = this.#bytes();
      const end = bytes.indexOf(HEAD_END);
      if (end < 0) {
        return;
      }
      this.#head = readHead(bytes.latin1Slice(0, end), end + HEAD_END.length);
    }
    const { status, bodyFrom, length } = this.#head;
    if (length >= 0) {
      if (this.#size >= bodyFrom + length) {
        this.#answered(status, this.#bytes().utf8Slice(bodyFrom, bodyFrom + length));
      }
    } else {
      const body = readChunks(this.#bytes(), bodyFrom);
      if (body !== null) {
        this.#answered(status, body);
      }
    }
  }

  #bytes() {
    if (this.#chunks.length > 1) {
      this.#chunks = [Buffer.concat(this.#chunks)];
    }
    return this.#chunks[0];
  }

  #answered(status, body) {
    const { resolve } = this.#waiting;
    this.#waiting = null;
    this.#chunks = [];
    this.#size = 0;
    this.#head = null;
    resolve({ status, body });
  }
}

/** A call of a function as the bytes of a request. */
export function rpcRequest(envelope) {
  const body = JSON.stringify(envelope);
  return (
    "POST /_lunora/rpc HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n" +
    `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}

/** A length of -1 stands for chunks. */
function readHead(head, bodyFrom) {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head);
  return { status: Number(head.slice(9, 12)), bodyFrom, length: length === null ? -1 : Number(length[1]) };
}

/** The body of a chunked answer, or null while it is not complete. */
function readChunks(bytes, from) {
  const parts = [];
  for (let at = from; ; ) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd < 0) {
      return null;
    }
    const size = parseInt(bytes.latin1Slice(at, lineEnd), 16);
    const next = lineEnd + 2 + size + 2;
    if (bytes.length < next) {
      return null;
    }
    if (size === 0) {
      return Buffer.concat(parts).utf8Slice();
    }
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = next;
  }
}
