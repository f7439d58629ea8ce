// Lists that show the first rows of many: a row that enters, and one that lies beyond what they show.
import { WINDOW, offerAdd } from "../load/topics.mjs";
import { median } from "../stats.mjs";
import { watched } from "./watched.mjs";

const WINDOWS = 100;
const MUTATIONS = 30;

/** Windows of 21 rows and more, so that a delta is always shorter than the list. */
const limitOf = (n) => 21 + n;

const windows = (query) => () => Array.from({ length: WINDOWS }, (_, n) => [query(n)]);

/** All windows change, and each has to hear of it by deltas. */
export function windowInside(name, rivals) {
  const workload = watched(name, {
    queries: windows((n) => ({ functionPath: "messages:list", args: { channel: WINDOW, limit: limitOf(n) } })),
    call: (n) => ({
      envelope: { functionPath: "messages:send", args: { channel: WINDOW, author: "Ann", body: `#${n}: something new` } },
      reaches: WINDOWS,
    }),
    mutations: MUTATIONS,
    rivals,
    checked(side, counts) {
      if (counts.data > WINDOWS) {
        throw new Error(`${side.name} sent ${counts.data - WINDOWS} whole lists where deltas were due`);
      }
    },
  });
  return { ...workload, measure: async (side, settings) => p50(await workload.measure(side, settings)) };
}

/** No window changes. The note says how many queries ran for each mutation. */
export function windowOutside(name, rivals) {
  const workload = watched(name, {
    queries: windows((n) => ({ functionPath: "offers:cheapest", args: { shop: WINDOW, limit: limitOf(n) } })),
    call: (n) => ({ envelope: offerAdd(WINDOW, 1_000_000 + n, -1, `offer ${n}`), reaches: 0 }),
    mutations: MUTATIONS,
    rivals,
  });
  const runs = (side, load) => load.run("call", { port: side.server.port, envelope: { functionPath: "probe:runs", args: {} } });
  return {
    ...workload,
    async measure(side, settings) {
      const before = await runs(side, settings.load);
      const times = await workload.measure(side, settings);
      side.notes[name] = ((await runs(side, settings.load)) - before) / times.length;
      return p50(times);
    },
    note: (notes) =>
      "runs of a query for each mutation: " +
      Object.entries(notes).map(([column, count]) => `${column} ${count}`).join(", "),
  };
}

function p50(times) {
  return median(times.map(({ ms }) => ms));
}
