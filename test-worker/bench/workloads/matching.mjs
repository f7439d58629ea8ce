// One mutation among many different live queries, of which it affects one.
import { offerAdd, topicList, topicSend } from "../load/topics.mjs";
import { median } from "../stats.mjs";
import { spread, watched } from "./watched.mjs";

const MUTATIONS = 100;

/** Mutations go to the lists that every size of the workload has. */
const TOUCHED = 10;

/** Callers at once write to lists of their own: two writes to one may reach its watcher as one result. */
const TOUCHED_TOGETHER = 1000;

function matching(name, count, rivals, query, mutation, connections = 1) {
  const workload = watched(name, {
    queries: () => spread(count, query),
    call: (n) => ({ envelope: mutation(n % (connections === 1 ? TOUCHED : TOUCHED_TOGETHER), n), reaches: 1 }),
    mutations: MUTATIONS * connections,
    connections,
    rivals,
    note: ({ ours }) => ours ?? "",
  });
  return {
    ...workload,
    measure: async (side, settings) => median((await workload.measure(side, settings)).map(({ ms }) => ms)),
  };
}

/** So many channels, each watched by somebody else. */
export function distinct(name, count, rivals, connections) {
  return matching(name, count, rivals, (n) => topicList(n), (i, n) => topicSend(i, `#${n}: something new`), connections);
}

let offers = 0;

/** A price within 100 above its range's start, lower than any before it in any workload: it is listed first. */
const priceIn = (i) => i * 100 + 99 - (offers++ % 1_000_000) / 10_001;

/** So many ranges of one index. */
export function priced(name, count, rivals) {
  const query = (n) => ({ functionPath: "offers:priced", args: { from: n * 100, to: n * 100 + 100 } });
  return matching(name, count, rivals, query, (i, n) => offerAdd(name, priceIn(i), -1, `offer ${n}`));
}

/** So many ranges behind equal fields of a compound index: ten in each shop. */
export function compound(name, count, rivals) {
  const query = (n) => ({
    functionPath: "offers:inShop",
    args: { shop: `${name} ${n % (count / 10)}`, from: Math.floor(n / (count / 10)) * 100, to: Math.floor(n / (count / 10)) * 100 + 100 },
  });
  return matching(name, count, rivals, query, (i, n) => offerAdd(`${name} ${i}`, priceIn(0), -1, `offer ${n}`));
}

/** So many conditions on a field without an index. */
export function filtered(name, count, rivals) {
  const query = (n) => ({ functionPath: "offers:rated", args: { from: n, to: n + 1 } });
  // Prices of their own, so that the other queries over offers stay as they are.
  return matching(name, count, rivals, query, (i, n) => offerAdd(name, -1, i + 0.5, `offer ${n}`));
}
