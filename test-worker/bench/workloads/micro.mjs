// Inner loops inside the Worker: the engine's beside what JavaScript has for the same.
import { ROWS_TEXT_LENGTH } from "../rivals/micro.mjs";

export function micro(name, path, iterations, unit) {
  const run = (side, load) => load.run("micro", { port: side.server.port, path, iterations });
  return {
    name,
    unit,
    served: true,
    sides: { ours: "bench", baseline: "raw" },
    prepare: (side, { load }) => run(side, load),
    async measure(side, { load }) {
      const { microseconds } = await run(side, load);
      return unit === "us" ? microseconds : ROWS_TEXT_LENGTH / microseconds;
    },
  };
}
