// Calls in closed loops: how many are answered in a second.

/** V8 compiles what is hot only after some thousand runs, and more of ours than of what is written by hand. */
const WARM_UP_SECONDS = 6;
const SETTLE_SECONDS = 3;

export function throughput(name, job, connections) {
  return {
    name,
    unit: "req/s",
    served: true,
    async prepare(side, { load }) {
      const { port } = side.server;
      await load.run(job, { port, connections: 16, seconds: WARM_UP_SECONDS });
      await load.run(job, { port, connections, seconds: SETTLE_SECONDS });
    },
    async measure(side, { load, seconds }) {
      const { rate } = await load.run(job, { port: side.server.port, connections, seconds });
      return rate;
    },
  };
}
