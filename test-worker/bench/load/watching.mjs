// Audiences as jobs: opened by name, told of mutations, compared with their queries, closed.
import { Audience } from "./audience.mjs";

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
