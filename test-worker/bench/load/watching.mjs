// Audiences as jobs: opened by name, told of mutations, compared with their queries, closed.
import { Audience } from "./audience.mjs";
import { HttpConnection } from "./http-connection.mjs";

/** At least so many mutations are measured, however long they take. */
const TOUCHES_MIN = 3;

const SAMPLE = 40;

/** The open audiences by port and name. */
const audiences = new Map();

const keyOf = ({ port, name }) => `${port} ${name}`;

/** @param queries for each socket the envelopes of what it watches */
export async function watch({ port, name, queries }) {
  audiences.set(keyOf({ port, name }), await Audience.open(port, queries));
  return {};
}

/**
 * Makes calls one after another, until all are made or the time is over.
 *
 * @param calls [{envelope, reaches: how many subscriptions get a result}]
 * @returns {times: [{answerMs, frameMs, ms}]}
 */
export async function touch({ port, name, calls, seconds = Infinity }) {
  const audience = audiences.get(keyOf({ port, name }));
  const end = performance.now() + seconds * 1000;
  let due = audience.received;
  const times = [];
  await audience.connected(async () => {
    for (const call of calls) {
      times.push(await audience.touch(call));
      due += call.reaches;
      if (times.length >= TOUCHES_MIN && performance.now() > end) {
        break;
      }
    }
  });
  await audience.settled(due);
  return { times };
}

/**
 * Makes calls over so many connections, each its next one when the last is answered, until the time is over. Which frame
 * is whose cannot be told then: in the end all that are due must have come.
 *
 * @returns {times: [{ms: to the answer}]}
 */
export async function crowd({ port, name, calls, seconds, connections }) {
  const audience = audiences.get(keyOf({ port, name }));
  const before = audience.received;
  const end = performance.now() + seconds * 1000;
  const times = [];
  let next = 0;
  let reached = 0;
  const caller = async () => {
    const connection = await HttpConnection.open(port);
    while (next < calls.length && performance.now() < end) {
      const { envelope, reaches } = calls[next++];
      const start = performance.now();
      const { status, body } = await connection.rpc(envelope);
      if (status !== 200) {
        throw new Error(`${envelope.functionPath} answered ${status} ${body.slice(0, 200)}`);
      }
      times.push({ ms: performance.now() - start });
      reached += reaches;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, caller));
  await audience.arrived(before + reached);
  await audience.settled(before + reached);
  return { times };
}

export async function converge({ port, name }) {
  const audience = audiences.get(keyOf({ port, name }));
  await audience.connected(() => audience.converged(SAMPLE));
  return audience.counts();
}

export async function pause({ port, name, socket }) {
  audiences.get(keyOf({ port, name })).pause(socket);
  return {};
}

export async function leave({ port, name }) {
  const key = keyOf({ port, name });
  audiences.get(key)?.close();
  audiences.delete(key);
  return {};
}
