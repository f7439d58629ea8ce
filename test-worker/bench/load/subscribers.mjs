// Subscribers of one list, and the time from a mutation to the last subscriber's delta.
import { HttpConnection } from "./http-connection.mjs";
import { LIST_ROWS, ROWS, channel, listCall, sendCall, sentId } from "./messages.mjs";
import { TextSocket } from "./web-socket.mjs";

const OPEN_AT_ONCE = 20;
const TIMEOUT_MS = 20_000;

/** All of them watch the first channel. */
const WATCHED = 0;

/** Rows sent here are numbered apart from those of the mutation workloads. */
let nextRow = 100 * ROWS * 100;

/** The open audiences by the port of their server. */
const audiences = new Map();

/** Opens sockets that all have the list; resolves when each has its first result. */
export async function subscribe({ port, subscribers }) {
  const audience = { sockets: [], connection: await HttpConnection.open(port) };
  audiences.set(port, audience);
  let next = 0;
  const open = async () => {
    while (next < subscribers) {
      audience.sockets.push(await subscriber(port, next++));
    }
  };
  await Promise.all(Array.from({ length: OPEN_AT_ONCE }, open));
  return {};
}

async function subscriber(port, n) {
  const socket = await TextSocket.open(port, "/_lunora/ws");
  const id = "list";
  const seeded = new Promise((resolve, reject) => {
    let acked = false;
    socket.onText = (text) => {
      const frame = JSON.parse(text);
      if (frame.type === "ack" && frame.id === id) {
        acked = true;
      } else if (acked && frame.type === "data" && frame.id === id && frame.data.length === LIST_ROWS) {
        resolve();
      } else {
        reject(new Error(`a subscriber got ${text.slice(0, 200)}`));
      }
    };
  });
  socket.send(JSON.stringify({ type: "connect", clientId: `client-${n}`, caps: ["pageDelta"] }));
  socket.send(JSON.stringify({ type: "subscribe", id, query: listCall(WATCHED) }));
  await seeded;
  return { socket, id };
}

/**
 * The times in ms of so many mutations, one after another, each until the last subscriber has the
 * new row. In a full list a delta for the row that falls out comes before it.
 */
export async function deltas({ port, mutations }) {
  const { sockets, connection } = audiences.get(port);
  const times = [];
  for (let i = 0; i < mutations; i++) {
    times.push(await delivery(sockets, connection));
  }
  return { times };
}

async function delivery(sockets, connection) {
  const n = (nextRow += 100) + WATCHED;
  const call = sendCall(n);
  const frames = sockets.map(() => []);
  const received = new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("a delta did not come")), TIMEOUT_MS);
    let missing = sockets.length;
    sockets.forEach(({ socket }, i) => {
      socket.onText = (text) => {
        frames[i].push(text);
        // Only the last frame of a run carries the cursor.
        if (text.includes(',"cursor":')) {
          missing--;
          if (missing === 0) {
            clearTimeout(timer);
            resolve(performance.now());
          }
        }
      };
    });
  });
  const start = performance.now();
  const answered = connection.rpc(call);
  const end = await received;
  const id = sentId(await answered);
  sockets.forEach((subscriber, i) => checkFrames(subscriber.id, frames[i], id, call.args.body));
  return end - start;
}

function checkFrames(subscription, texts, rowId, body) {
  const [removed, added, ...more] = texts.map((text) => JSON.parse(text));
  const right =
    more.length === 0 &&
    removed?.type === "delta" &&
    removed.id === subscription &&
    removed.delta.op === "delete" &&
    removed.delta.key !== rowId &&
    added?.type === "delta" &&
    added.id === subscription &&
    added.delta.op === "insert" &&
    added.delta.key === rowId &&
    added.delta.row._id === rowId &&
    added.delta.row.body === body &&
    added.delta.row.channel === channel(WATCHED);
  if (!right) {
    throw new Error(`subscriber ${subscription} of ${rowId} got ${texts.join(" ").slice(0, 400)}`);
  }
}

export async function unsubscribe({ port }) {
  const audience = audiences.get(port);
  audiences.delete(port);
  audience?.sockets.forEach(({ socket }) => socket.close());
  audience?.connection.close();
  return {};
}
