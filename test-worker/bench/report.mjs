// What the benchmark says: a table for people and objects for programs.
import { cpus, release, totalmem } from "node:os";
import { pinned } from "./cores.mjs";
import { median, rounded } from "./stats.mjs";
import { metricsOf } from "./workloads/index.mjs";

/**
 * One workload of one target, an outcome for each of its metrics: the medians of its rounds, or why it is void.
 *
 * @param measured metric -> {column: [value of each round]}
 * @param notes column -> what the workload noted about that side
 */
export function outcomes(workload, measured, notes, error) {
  return metricsOf(workload).map(({ name, unit }) =>
    error === undefined ? outcome(name, unit, measured.get(name), workload.note?.(notes) ?? "") : { name, unit, error },
  );
}

function outcome(name, unit, byColumn, note) {
  const medians = Object.fromEntries(Object.entries(byColumn).map(([column, values]) => [column, rounded(median(values))]));
  const { ours, baseline, ...rivals } = medians;
  return {
    name,
    unit,
    ours,
    baseline,
    ratio: Number((ours / baseline).toFixed(3)),
    rivals,
    spread: { ours: spread(byColumn.ours), baseline: spread(byColumn.baseline) },
    note,
  };
}

function spread(values) {
  return `${rounded(Math.min(...values))}-${rounded(Math.max(...values))}`;
}

export function machine() {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return (
    `${cpus().length} cores (${cpu.model.trim()}), ${memory} GiB, ${process.platform} ${release()}, ` +
    `node ${process.version}, ${pinned() ? "server and load each pinned to a core" : "nothing pinned"}`
  );
}

const RIVALS = ["scan", "naive", "party"];

/** The outcomes of a target as a Markdown table; rivals only where one was measured. */
export function table(all) {
  const rivals = RIVALS.filter((rival) => all.some((each) => each.rivals?.[rival] !== undefined));
  const rows = [
    ["workload", "ours", "hand-written", "ratio", ...rivals, "unit", "ours min-max", "hand-written min-max", ""],
    ["---", "---:", "---:", "---:", ...rivals.map(() => "---:"), "---", "---:", "---:", "---"],
  ];
  for (const each of all) {
    rows.push(
      each.error === undefined
        ? [
            each.name,
            each.ours,
            each.baseline,
            each.ratio.toFixed(2),
            ...rivals.map((rival) => each.rivals[rival] ?? ""),
            each.unit,
            each.spread.ours,
            each.spread.baseline,
            each.note,
          ]
        : [each.name, "void", "void", "-", ...rivals.map(() => ""), each.unit, "", "", each.error],
    );
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  return rows
    .map((row) => `| ${row.map((cell, column) => String(cell).padEnd(widths[column])).join(" | ")} |`)
    .join("\n");
}

/** {target: {name: {ours, baseline, ratio}}}; a void workload is left out. */
export function asJson(byTarget) {
  const json = {};
  for (const [target, all] of Object.entries(byTarget)) {
    json[target] = {};
    for (const { name, error, ours, baseline, ratio } of all) {
      if (error === undefined) {
        json[target][name] = { ours, baseline, ratio };
      }
    }
  }
  return JSON.stringify(json, null, 2);
}
