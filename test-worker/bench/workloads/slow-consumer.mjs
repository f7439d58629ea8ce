// One socket of a hundred stops reading: what it costs the others, and what it costs in memory.
import { readFile } from "node:fs/promises";
import { topicList, topicSend } from "../load/topics.mjs";
import { percentile } from "../stats.mjs";
import { leave } from "./watched.mjs";

const OTHERS = 99;

/** The slow one watches the list so many times, so that what waits for it soon fills every buffer. */
const SLOW_QUERIES = 25;

const MUTATIONS_BEFORE = 100;
const MUTATIONS = 150;
const BODY = "x".repeat(4000);

export function slowConsumer(name) {
  const others = `${name}-p90`;
  const memory = `${name}-rss`;
  const [fast, slow] = [`${name} others`, `${name} slow`];
  const calls = (count) => Array.from({ length: count }, () => ({ envelope: topicSend(0, BODY), reaches: OTHERS }));
  return {
    name,
    metrics: [
      { name: others, unit: "ms" },
      { name: memory, unit: "MB" },
    ],
    served: true,
    once: true,
    sides: { ours: "bench", baseline: "raw" },
    async prepare(side, { load }) {
      const { port } = side.server;
      await load.run("watch", { port, name: fast, queries: Array.from({ length: OTHERS }, () => [topicList(0)]) });
      await load.run("watch", { port, name: slow, queries: [Array.from({ length: SLOW_QUERIES }, () => topicList(0))] });
      await load.run("touch", { port, name: fast, calls: calls(MUTATIONS_BEFORE) });
    },
    /** The p90 to the last of the others, and by how much the server's memory grew meanwhile. */
    async measure(side, { load }) {
      const { port, pid } = side.server;
      const before = await load.run("touch", { port, name: fast, calls: calls(MUTATIONS_BEFORE) });
      await load.run("pause", { port, name: slow, socket: 0 });
      const memoryBefore = await residentMegabytes(pid);
      const { times } = await load.run("touch", { port, name: fast, calls: calls(MUTATIONS) });
      side.notes[name] = p90(before.times).toFixed(1);
      return { [others]: p90(times), [memory]: Math.max(0.1, (await residentMegabytes(pid)) - memoryBefore) };
    },
    async finish(side, { load }) {
      await load.run("converge", { port: side.server.port, name: fast });
      await load.run("leave", { port: side.server.port, name: slow });
      await leave(side, load, fast);
    },
    async discard(side, { load }) {
      await load.run("leave", { port: side.server.port, name: slow });
      await load.run("leave", { port: side.server.port, name: fast });
    },
    note: ({ ours, baseline }) => `the others before anybody stopped: ${ours} / ${baseline} ms`,
  };
}

const p90 = (times) => percentile(times.map(({ ms }) => ms), 0.9);

async function residentMegabytes(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)[1]) / 1024;
}
