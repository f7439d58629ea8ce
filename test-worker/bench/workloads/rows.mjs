// One live query of 20 rows over a table that is small, and over one that is very large.
import { topicList, topicSend } from "../load/topics.mjs";
import { grow } from "../storage-growth.mjs";
import { median } from "../stats.mjs";
import { leave } from "./watched.mjs";

const ROWS_QUICK = 100_000;
const ROWS_EACH = 20;
const TOPICS = 50;
const MUTATIONS = 60;
const WARM_UP = 30;

export function rows(name, count) {
  let number = 0;
  const calls = (length) =>
    Array.from({ length }, () => ({ envelope: topicSend(0, `#${number++}: something new`), reaches: 1 }));
  return {
    name,
    unit: "ms",
    served: true,
    startsItself: true,
    sides: { ours: "bench", baseline: "raw" },
    async prepare(side, { load, quick }) {
      await side.startFresh("fill", { topics: TOPICS });
      const missing = (quick ? Math.min(count, ROWS_QUICK) : count) - TOPICS * ROWS_EACH;
      if (missing > 0) {
        await side.stop();
        await grow(side.directory, missing);
        await side.restart();
      }
      const { port } = side.server;
      await load.run("watch", { port, name, queries: [[topicList(0)]] });
      await load.run("touch", { port, name, calls: calls(WARM_UP) });
    },
    async measure(side, { load }) {
      const { times } = await load.run("touch", { port: side.server.port, name, calls: calls(MUTATIONS) });
      return median(times.map(({ ms }) => ms));
    },
    async finish(side, { load }) {
      await load.run("converge", { port: side.server.port, name });
      await leave(side, load, name);
      await side.stop();
    },
    async discard(side) {
      await side.stop();
    },
  };
}
