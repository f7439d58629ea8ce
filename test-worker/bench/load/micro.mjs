// How long one turn of an inner loop inside the Worker takes, by the time that many take from outside.
import { micro as expected } from "../rivals/micro.mjs";
import { HttpConnection } from "./http-connection.mjs";
import { median } from "../stats.mjs";

const REPEATS = 3;

/** @returns {microseconds} for one turn */
export async function micro({ port, path, iterations }) {
  const connection = await HttpConnection.open(port);
  const timed = async (turns) => {
    const start = performance.now();
    const { status, body } = await connection.rpc({ functionPath: path, args: { iterations: turns } });
    const ms = performance.now() - start;
    const sum = expected[path](1) * turns;
    if (status !== 200 || JSON.parse(body).result !== sum) {
      throw new Error(`${path} answered ${status} ${body.slice(0, 200)} where ${sum} was due`);
    }
    return ms;
  };
  const taken = [];
  for (let i = 0; i < REPEATS; i++) {
    const none = await timed(0);
    taken.push((await timed(iterations)) - none);
  }
  connection.close();
  return { microseconds: (median(taken) * 1000) / iterations };
}
