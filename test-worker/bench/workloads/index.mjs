// All workloads, in the order in which they run and are reported.
import { bundleSize } from "./bundle-size.mjs";
import { coldStart } from "./cold-start.mjs";
import { delta } from "./delta.mjs";
import { compound, distinct, filtered, priced } from "./matching.mjs";
import { micro } from "./micro.mjs";
import { rows } from "./rows.mjs";
import { slowConsumer } from "./slow-consumer.mjs";
import { storm } from "./storm.mjs";
import { throughput } from "./throughput.mjs";
import { wake } from "./wake.mjs";
import { windowInside, windowOutside } from "./window.mjs";

/** The workloads that are run when nothing else is asked for: the example beside its baseline. */
const BASIC = [
  throughput("query-c1", "queries", 1),
  throughput("query-c16", "queries", 16),
  throughput("mutation-c1", "mutations", 1),
  throughput("mutation-c16", "mutations", 16),
  delta("delta-1", 1, 60),
  delta("delta-100", 100, 30),
  delta("delta-1000", 1000, 8),
  coldStart("cold-start"),
  bundleSize("bundle-gzip-bytes"),
];

/** The others, by `--all` or by name: an app with more kinds of queries beside its rivals. */
const FURTHER = [
  distinct("distinct-10", 10, ["scan", "naive"]),
  distinct("distinct-100", 100, ["scan", "naive"]),
  distinct("distinct-1000", 1000, ["scan", "naive"]),
  distinct("distinct-3000", 3000, ["scan"]),
  distinct("distinct-10000", 10_000, []),
  distinct("distinct-3000-c16", 3000, ["scan"], 16),
  // While the table is small: a condition without an index may have to look at all of it.
  filtered("filter-100", 100, ["scan"]),
  filtered("filter-1000", 1000, ["scan"]),
  priced("range-100", 100, ["scan", "naive"]),
  priced("range-10000", 10_000, []),
  compound("compound-100", 100, ["scan", "naive"]),
  compound("compound-10000", 10_000, []),
  windowInside("window-inside", ["naive"]),
  windowOutside("window-outside", ["naive"]),
  wake("wake-1", 1),
  wake("wake-20", 20),
  storm("storm-snapshot", false),
  storm("storm-resume", true),
  slowConsumer("slow-consumer"),
  micro("micro-envelope", "micro:envelope", 30_000, "us"),
  micro("micro-splice", "micro:splice", 10_000, "us"),
  micro("micro-frame", "micro:frame", 500_000, "us"),
  micro("micro-parse", "micro:parse", 40, "MB/s"),
  micro("micro-serialise", "micro:serialise", 40, "MB/s"),
  rows("rows-1000", 1000),
  rows("rows-1000000", 1_000_000),
].map((workload) => ({ ...workload, further: true }));

export const workloads = [...BASIC, ...FURTHER];

/** What a workload reports: most report one number under their own name. */
export function metricsOf({ metrics, name, unit }) {
  return metrics ?? [{ name, unit }];
}
