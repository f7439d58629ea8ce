// Closed loops of calls: each connection sends its next request when the last one is answered.
import { HttpConnection, rpcRequest } from "./http-connection.mjs";
import { ROWS, channel, checkList, listCall, sendCall, sentId } from "./messages.mjs";

/** Every so many answers one is parsed and checked in full; the status is checked on all. */
const CHECK_EVERY = 50;

/** Numbers for new rows, never used twice. */
let nextRow = ROWS;

/** How fast messages:list is answered: {rate} per second. */
export function queries({ port, connections, seconds }) {
  const requests = [];
  for (let n = 0; n < 100; n++) {
    requests.push(rpcRequest(listCall(n)));
  }
  let next = 0;
  return loop(port, connections, seconds, async (connection, sampled) => {
    const n = next++ % requests.length;
    const answer = await connection.send(requests[n]);
    if (sampled) {
      checkList(answer, n);
    }
    return answer.status;
  });
}

/** How fast messages:send is answered: {rate} per second. Afterwards the last row must be there. */
export async function mutations({ port, connections, seconds }) {
  let last;
  const result = await loop(port, connections, seconds, async (connection, sampled) => {
    const n = nextRow++;
    const answer = await connection.send(rpcRequest(sendCall(n)));
    if (sampled) {
      last = { n, id: sentId(answer) };
    }
    return answer.status;
  });
  await stored(port, last);
  return result;
}

async function stored(port, { n }) {
  const connection = await HttpConnection.open(port);
  const rows = checkList(await connection.rpc(listCall(n)), n);
  connection.close();
  // Rows sent after the last sampled one may have pushed it out of the list, never all of its like.
  if (!rows.some((row) => Number(/^#(\d+)/.exec(row.body)[1]) >= n && row.channel === channel(n))) {
    throw new Error(`the row of mutation ${n} is not in its channel`);
  }
}

/** Fills an empty shard with the rows that every workload reads. */
export async function preload({ port }) {
  let next = 0;
  const fill = async () => {
    const connection = await HttpConnection.open(port);
    while (next < ROWS) {
      sentId(await connection.rpc(sendCall(next++)));
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: 16 }, fill));
  return {};
}

async function loop(port, connections, seconds, call) {
  const open = await Promise.all(Array.from({ length: connections }, () => HttpConnection.open(port)));
  const start = performance.now();
  const end = start + seconds * 1000;
  let answered = 0;
  const run = async (connection) => {
    while (performance.now() < end) {
      const status = await call(connection, answered % CHECK_EVERY === 0);
      if (status !== 200) {
        throw new Error(`a call was answered with status ${status}`);
      }
      answered++;
    }
  };
  try {
    await Promise.all(open.map(run));
  } finally {
    open.forEach((connection) => connection.close());
  }
  return { rate: (answered * 1000) / (performance.now() - start) };
}
