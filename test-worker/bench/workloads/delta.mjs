// From a mutation to the last of many subscribers having its delta.
import { median } from "../stats.mjs";

export function delta(name, subscribers, mutations) {
  const warmUp = Math.max(5, mutations / 2);
  return {
    name,
    unit: "ms",
    served: true,
    /** Besides, when everything is run: every subscriber has the same list, so that all rivals do the same. */
    rivals: { scan: "scan", naive: "naive", party: "party" },
    async prepare(side, { load }) {
      const { port } = side.server;
      await load.run("subscribe", { port, subscribers });
      await load.run("deltas", { port, mutations: warmUp });
    },
    async measure(side, { load }) {
      const { times } = await load.run("deltas", { port: side.server.port, mutations });
      return median(times);
    },
    async finish(side, { load }) {
      await load.run("unsubscribe", { port: side.server.port });
    },
    async discard(side, { load }) {
      await load.run("unsubscribe", { port: side.server.port });
    },
  };
}
