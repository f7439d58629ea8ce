// From the start of the process to the first answered call, through the Worker and its object.
import { HttpConnection } from "../load/http-connection.mjs";
import { listCall } from "../load/messages.mjs";
import { median } from "../stats.mjs";
import { clearStorage, serve } from "../workerd.mjs";

const STARTS = 2;

export function coldStart(name) {
  return {
    name,
    unit: "ms",
    served: false,
    /** On fresh storage; the note says what it takes when the tables are there. */
    async measure(side) {
      const fresh = [];
      const existing = [];
      for (let i = 0; i < STARTS; i++) {
        await clearStorage(side.directory);
        fresh.push(await start(side.directory));
        existing.push(await start(side.directory));
      }
      side.notes[name] ??= [];
      side.notes[name].push(median(existing));
      return median(fresh);
    },
    note: ({ ours, baseline }) =>
      `existing storage: ${median(ours).toFixed(1)} / ${median(baseline).toFixed(1)} ms`,
  };
}

async function start(directory) {
  const began = performance.now();
  const server = await serve(directory);
  const connection = await HttpConnection.open(server.port);
  const { status, body } = await connection.rpc(listCall(0));
  const ms = performance.now() - began;
  connection.close();
  await server.stop();
  if (status !== 200 || body !== '{"result":[]}') {
    throw new Error(`the first call was answered ${status} ${body}`);
  }
  return ms;
}
