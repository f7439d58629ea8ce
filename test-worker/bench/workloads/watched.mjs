// What the workloads have in common that measure a mutation beside sockets that watch.

/** Sockets up to which each subscription has one of its own. */
const SOCKETS_MAX = 3000;
const QUERIES_EACH = 10;

/** V8 compiles what is hot only after some thousand runs, and more of ours than of what is written by hand. */
const WARM_UP = 6000;
const WARM_UP_SECONDS = 10;

/** A query for each number below `count`, on sockets: one each, or ten each when there are very many. */
export function spread(count, query) {
  const each = count <= SOCKETS_MAX ? 1 : QUERIES_EACH;
  return Array.from({ length: count / each }, (_, socket) =>
    Array.from({ length: each }, (_, i) => query(socket * each + i)),
  );
}

/**
 * A workload of one audience and mutations, each until its answer and its last frame are there.
 *
 * @param queries for each socket what it watches
 * @param call the mutation for a number that is never used twice, and how many subscriptions it reaches
 * @param rivals sides beside ours and the hand-written one
 * @param connections more than one: so many callers at once, each call until its answer
 */
export function watched(name, { queries, call, mutations, rivals, note, checked, connections = 1 }) {
  let number = 0;
  const calls = (count) => Array.from({ length: count }, () => call(number++));
  const job = connections === 1 ? "touch" : "crowd";
  return {
    name,
    unit: "ms",
    served: true,
    sides: { ours: "bench", baseline: "raw", ...Object.fromEntries(rivals.map((rival) => [rival, rival])) },
    async prepare(side, { load }) {
      const { port } = side.server;
      await load.run("watch", { port, name, queries: queries() });
      await load.run(job, { port, name, calls: calls(WARM_UP), seconds: WARM_UP_SECONDS, connections });
    },
    async measure(side, { load, seconds }) {
      const { port } = side.server;
      const { times } = await load.run(job, { port, name, calls: calls(mutations), seconds, connections });
      return times;
    },
    async finish(side, { load }) {
      const { port } = side.server;
      const counts = await load.run("converge", { port, name });
      checked?.(side, counts);
      if (counts.settled > 0) {
        side.notes[name] = `${counts.settled} settled frames`;
      }
      await leave(side, load, name);
    },
    async discard(side, { load }) {
      await load.run("leave", { port: side.server.port, name });
    },
    note,
  };
}

/** The server has to hear of so many closed sockets before anything else is measured. */
export async function leave(side, load, name) {
  await load.run("leave", { port: side.server.port, name });
  await new Promise((resolve) => setTimeout(resolve, 500));
}
