// The data of the workloads beyond the example's: lists by topic, offers by price.
import { HttpConnection } from "./http-connection.mjs";
import { LIST_ROWS, body, channel, sendCall, sentId } from "./messages.mjs";

/** The topics whose lists are full from the start; those beyond are empty. */
export const FULL_TOPICS = 1000;

/** The channel and the shop of the windows, with more rows than any window shows. */
export const WINDOW = "window";
const WINDOW_ROWS = 200;

const FILLING = 8;

const sendMany = (to, from, rows) => ({
  functionPath: "messages:sendMany",
  args: { channel: to, author: "Ann", bodies: Array.from({ length: rows }, (_, i) => body(from + i)) },
});

export const topicList = (n, limit = LIST_ROWS) => ({
  functionPath: "messages:list",
  args: { channel: `topic-${n}`, limit },
});

export const topicSend = (n, text) => ({
  functionPath: "messages:send",
  args: { channel: `topic-${n}`, author: "Ann", body: text },
});

export const offerAdd = (shop, price, rating, title) => ({
  functionPath: "offers:add",
  args: { shop, price, rating, title },
});

/** Fills an empty shard: full lists, a long channel and a long shop. */
export async function fill({ port, topics = FULL_TOPICS }) {
  const calls = [sendMany(channel(0), 0, LIST_ROWS), sendMany(WINDOW, 0, WINDOW_ROWS)];
  for (let n = 0; n < topics; n++) {
    calls.push(sendMany(`topic-${n}`, n, LIST_ROWS));
  }
  for (let n = 0; n < WINDOW_ROWS; n++) {
    calls.push(offerAdd(WINDOW, 1000 + n, -1, `offer ${n}`));
  }
  let next = 0;
  const filling = async () => {
    const connection = await HttpConnection.open(port);
    while (next < calls.length) {
      const { status, body: text } = await connection.rpc(calls[next++]);
      if (status !== 200) {
        throw new Error(`filling was answered ${status} ${text.slice(0, 200)}`);
      }
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: FILLING }, filling));
  return {};
}

/** Fills the one list of a room that only broadcasts. */
export async function fillRoom({ port }) {
  const connection = await HttpConnection.open(port);
  for (let n = 0; n < LIST_ROWS; n++) {
    sentId(await connection.rpc(sendCall(n * 100)));
  }
  connection.close();
  return {};
}

/** Calls a function once; gives its result. */
export async function call({ port, envelope }) {
  const connection = await HttpConnection.open(port);
  const { status, body: text } = await connection.rpc(envelope);
  connection.close();
  if (status !== 200) {
    throw new Error(`${envelope.functionPath} answered ${status} ${text.slice(0, 200)}`);
  }
  return JSON.parse(text).result;
}
