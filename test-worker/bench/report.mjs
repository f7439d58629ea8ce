// What the benchmark says: a table for people and one object for programs.
import { cpus, release, totalmem } from "node:os";
import { pinned } from "./cores.mjs";
import { median, rounded } from "./stats.mjs";

/** One workload of one target: the medians of its rounds, or why it is void. */
export function outcome(workload, measured, notes) {
  if (measured.error !== undefined) {
    return { name: workload.name, unit: workload.unit, error: measured.error };
  }
  const ours = rounded(median(measured.ours));
  const baseline = rounded(median(measured.baseline));
  return {
    name: workload.name,
    unit: workload.unit,
    ours,
    baseline,
    ratio: Number((ours / baseline).toFixed(3)),
    spread: { ours: spread(measured.ours), baseline: spread(measured.baseline) },
    note: workload.note?.(notes.ours[workload.name], notes.baseline[workload.name]) ?? "",
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

/** The outcomes of a target as a Markdown table. */
export function table(outcomes) {
  const rows = [
    ["workload", "ours", "hand-written", "ratio", "unit", "ours min-max", "hand-written min-max", ""],
    ["---", "---:", "---:", "---:", "---", "---:", "---:", "---"],
  ];
  for (const each of outcomes) {
    rows.push(
      each.error === undefined
        ? [each.name, each.ours, each.baseline, each.ratio.toFixed(2), each.unit, each.spread.ours, each.spread.baseline, each.note]
        : [each.name, "void", "void", "-", each.unit, "", "", each.error],
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
  for (const [target, outcomes] of Object.entries(byTarget)) {
    json[target] = {};
    for (const { name, error, ours, baseline, ratio } of outcomes) {
      if (error === undefined) {
        json[target][name] = { ours, baseline, ratio };
      }
    }
  }
  return JSON.stringify(json, null, 2);
}
