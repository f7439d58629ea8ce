// Calls in closed loops: how many are answered in a second.

const WARM_UP_SECONDS = 2;

export function throughput(name, job, connections) {
  return {
    name,
    unit: "req/s",
    served: true,
    async prepare(side, { load }) {
      await load.run(job, { port: side.server.port, connections: 16, seconds: WARM_UP_SECONDS });
    },
    async measure(side, { load, seconds }) {
      const { rate } = await load.run(job, { port: side.server.port, connections, seconds });
      return rate;
    },
  };
}
