// All workloads, in the order in which they run and are reported.
import { bundleSize } from "./bundle-size.mjs";
import { coldStart } from "./cold-start.mjs";
import { delta } from "./delta.mjs";
import { throughput } from "./throughput.mjs";

export const workloads = [
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
