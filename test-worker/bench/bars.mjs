// The bars that the project holds itself to, as far as the outcomes of one target can tell.

const atLeast = (least) => ({ text: `at least ${least}`, holds: (value) => value >= least });
const atMost = (most) => ({ text: `at most ${most}`, holds: (value) => value <= most });

const ratio = (name) => (of) => of(name)?.ratio;
const growth = (small, large) => (of) => of(large)?.ours / of(small)?.ours;

const BARS = [
  ["queries a second, to by hand, 1 connection", ratio("query-c1"), atLeast(0.9)],
  ["queries a second, to by hand, 16 connections", ratio("query-c16"), atLeast(0.9)],
  ["mutations a second, to by hand, 1 connection", ratio("mutation-c1"), atLeast(0.9)],
  ["mutations a second, to by hand, 16 connections", ratio("mutation-c16"), atLeast(0.9)],
  ["delta to 1,000 subscribers, to by hand", ratio("delta-1000"), atMost(1.15)],
  ["one match among 10,000 predicates, to among 10", growth("distinct-10", "distinct-10000"), atMost(1.25)],
  [
    "scan of 3,000 subscriptions, to ours",
    (of) => of("distinct-3000")?.rivals.scan / of("distinct-3000")?.ours,
    atLeast(8),
  ],
  ["first mutation after waking 1,000 sockets of 20, to by hand", ratio("wake-20"), atMost(1.5)],
  ["one match among 10,000 ranges, to among 100", growth("range-100", "range-10000"), atMost(1.5)],
  ["one live query over 1,000,000 rows, to over 1,000", growth("rows-1000", "rows-1000000"), atMost(1.2)],
];

/** [{what, value, bar, holds}] for every bar whose workloads have an outcome. */
export function bars(all) {
  const of = (name) => all.find((each) => each.name === name && each.error === undefined);
  return BARS.map(([what, value, bar]) => ({ what, value: value(of), bar: bar.text, holds: bar.holds(value(of)) })).filter(
    ({ value }) => Number.isFinite(value),
  );
}

/** As a Markdown table. */
export function barsTable(all) {
  const rows = bars(all).map(
    ({ what, value, bar, holds }) => `| ${what} | ${value.toFixed(2)} | ${bar} | ${holds ? "yes" : "**no**"} |`,
  );
  return rows.length === 0 ? "" : ["| bar | measured | wanted | met |", "| --- | ---: | --- | --- |", ...rows].join("\n");
}
