// What can be told about the benchmark without running it: the form of its results, and that a rival's index
// finds what looking at everything finds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bars } from "../bench/bars.mjs";
import { asJson, outcomes } from "../bench/report.mjs";
import { Intervals } from "../bench/rivals/intervals.mjs";
import { metricsOf, workloads } from "../bench/workloads/index.mjs";
import { seededRandom } from "./support/random.mjs";

const NAMES = "query-c1 query-c16 mutation-c1 mutation-c16 delta-1 delta-100 delta-1000 cold-start bundle-gzip-bytes".split(" ");

test("by default exactly the nine names that outside programs read are run", () => {
  const basic = workloads.filter(({ further }) => !further);
  assert.deepEqual(basic.flatMap(metricsOf).map(({ name }) => name), NAMES);
});

test("names are not used twice", () => {
  const names = workloads.flatMap(metricsOf).map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
});

test("the JSON has the medians of ours and the baseline, and leaves out what is void", () => {
  const [workload] = workloads;
  const measured = new Map([[workload.name, { ours: [1, 3, 2], baseline: [4, 4, 4], scan: [9, 9, 9] }]]);
  const good = outcomes(workload, measured, {});
  const bad = outcomes(workloads[1], new Map(), {}, "a wrong answer");
  assert.deepEqual(JSON.parse(asJson({ js: [...good, ...bad] })), {
    js: { [workload.name]: { ours: 2, baseline: 4, ratio: 0.5 } },
  });
});

test("a bar is judged only when its workloads were measured", () => {
  const outcome = (name, ours, rivals = {}) => ({ name, ours, baseline: 1, ratio: ours, rivals });
  const judged = bars([outcome("distinct-10", 1), outcome("distinct-10000", 1.5), outcome("distinct-3000", 1, { scan: 9 })]);
  assert.deepEqual(judged.map(({ value, holds }) => [value, holds]), [
    [1.5, false],
    [9, true],
  ]);
});

test("an interval index finds what looking at all intervals finds", () => {
  const random = seededRandom("intervals");
  for (let round = 0; round < 200; round++) {
    const lists = Array.from({ length: random.below(30) }, () => {
      const from = random.below(20);
      return { args: { from, to: from + random.below(8) } };
    });
    const index = new Intervals();
    lists.forEach((list) => index.add(list));
    const gone = lists.splice(0, random.below(lists.length + 1));
    gone.forEach((list) => index.delete(list));
    for (let point = -1; point < 30; point++) {
      const expected = lists.filter(({ args }) => args.from <= point && point < args.to);
      assert.deepEqual(new Set(index.at(point)), new Set(expected));
    }
  }
});
