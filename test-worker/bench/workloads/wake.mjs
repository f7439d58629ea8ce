// The first mutation after hibernation. workerd hibernates an object by itself after ten idle seconds;
// both sides idle at the same time, and a count of constructions shows that they did hibernate.
import { topicList, topicSend } from "../load/topics.mjs";
import { leave } from "./watched.mjs";

const IDLE_MS = 12_000;
const SOCKETS = 1000;
const SUBSCRIBERS_OF_EACH = 10;

export function wake(name, queriesEach) {
  const topics = (SOCKETS * queriesEach) / SUBSCRIBERS_OF_EACH;
  let number = 0;
  const send = () => ({ envelope: topicSend(number++ % 10, `#${number}: good morning`), reaches: SUBSCRIBERS_OF_EACH });
  const wakes = (side, load) => load.run("call", { port: side.server.port, envelope: { functionPath: "probe:wakes", args: {} } });
  const awake = async (side, load) => {
    side.notes[name] = await wakes(side, load);
  };
  return {
    name,
    metrics: [
      { name, unit: "ms" },
      { name: `${name}-frame`, unit: "ms" },
    ],
    served: true,
    sides: { ours: "bench", baseline: "raw" },
    roundsMax: 3,
    async prepare(side, { load }) {
      const { port } = side.server;
      const queries = Array.from({ length: SOCKETS }, (_, socket) =>
        Array.from({ length: queriesEach }, (_, i) => topicList((socket * queriesEach + i) % topics)),
      );
      await load.run("watch", { port, name, queries });
      await awake(side, load);
    },
    async settle() {
      await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    },
    /** To the answer, and to the last frame. */
    async measure(side, { load }) {
      const before = side.notes[name];
      const { times } = await load.run("touch", { port: side.server.port, name, calls: [send()] });
      await awake(side, load);
      if (side.notes[name] !== before + 1) {
        throw new Error(`${side.name} was constructed ${side.notes[name] - before} times where it should have woken once`);
      }
      return { [name]: times[0].answerMs, [`${name}-frame`]: times[0].frameMs };
    },
    async finish(side, { load }) {
      await load.run("converge", { port: side.server.port, name });
      await leave(side, load, name);
    },
    async discard(side, { load }) {
      await load.run("leave", { port: side.server.port, name });
    },
    note: () => "after ten idle seconds",
  };
}
