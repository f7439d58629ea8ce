// Many clients that come at once, each with one subscription: all new, or all resuming.
import { FULL_TOPICS, topicList } from "./topics.mjs";
import { TextSocket } from "./web-socket.mjs";

const COMING_AT_ONCE = 50;
const TIMEOUT_MS = 20_000;

/** How many are served in a second: {rate}. */
export async function storm({ port, clients, resume }) {
  const since = resume ? await position(port) : {};
  const sockets = [];
  let next = 0;
  const start = performance.now();
  const coming = async () => {
    while (next < clients) {
      const query = topicList(next++ % FULL_TOPICS);
      const { socket, frame } = await client(port, query, since);
      sockets.push(socket);
      const right = resume ? frame.type === "resume" : frame.type === "data" && frame.data.length === query.args.limit;
      if (!right) {
        throw new Error(`a client that came got ${JSON.stringify(frame).slice(0, 200)}`);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: COMING_AT_ONCE }, coming));
    return { rate: (clients * 1000) / (performance.now() - start) };
  } finally {
    sockets.forEach((socket) => socket.close());
  }
}

async function position(port) {
  const { socket, frame } = await client(port, topicList(0), {});
  socket.close();
  return { sinceSeq: frame.cursor, sinceEpoch: frame.epoch };
}

async function client(port, query, since) {
  const socket = await TextSocket.open(port, "/_lunora/ws");
  const frame = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("a client that came got no result")), TIMEOUT_MS);
    socket.onText = (text) => {
      const received = JSON.parse(text);
      if (received.type !== "ack") {
        clearTimeout(timer);
        resolve(received);
      }
    };
    socket.send(JSON.stringify({ type: "connect", clientId: "one of many", caps: ["pageDelta"] }));
    socket.send(JSON.stringify({ type: "subscribe", id: "list", query: { ...query, ...since } }));
  });
  return { socket, frame };
}
