// Puts results where the documents have them: the numbers as JSON, a picture of each target, and the
// tables between the marks of docs/BENCHMARKS.md.
//   node test-worker/bench/publish.mjs   draws and writes again what results.json has
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../tools/build.mjs";
import { barsTable } from "./bars.mjs";
import { picture } from "./picture.mjs";
import { machine, table } from "./report.mjs";
import { metricsOf, workloads } from "./workloads/index.mjs";

const DIRECTORY = resolve(root, "docs/benchmarks");
const RESULTS = join(DIRECTORY, "results.json");
const DOCUMENT = resolve(root, "docs/BENCHMARKS.md");

const ORDER = workloads.flatMap(metricsOf).map(({ name }) => name);

/** Adds the outcomes of the targets that were run; of a target's workloads, those that were run. */
export async function publish(outcomes, { rounds, quick }) {
  const results = await read();
  const taken = { date: new Date().toISOString().slice(0, 10), machine: machine(), rounds, quick };
  for (const [target, all] of Object.entries(outcomes)) {
    const kept = (results[target]?.outcomes ?? []).filter((old) => !all.some(({ name }) => name === old.name));
    const merged = [...all, ...kept].sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));
    results[target] = { ...taken, outcomes: merged };
  }
  await mkdir(DIRECTORY, { recursive: true });
  await writeFile(RESULTS, JSON.stringify(results, null, 2) + "\n");
  await render(results);
}

async function read() {
  try {
    return JSON.parse(await readFile(RESULTS, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") {
      return {};
    }
    throw error;
  }
}

async function render(results) {
  let document = await readFile(DOCUMENT, "utf8");
  for (const [target, result] of Object.entries(results)) {
    await writeFile(join(DIRECTORY, `${target}.svg`), picture(target, result.outcomes));
    const [open, close] = [`<!-- results of ${target} -->`, `<!-- end of ${target} -->`];
    const [from, to] = [document.indexOf(open), document.indexOf(close)];
    if (from < 0 || to < from) {
      throw new Error(`docs/BENCHMARKS.md has no ${open} ... ${close}`);
    }
    document = `${document.slice(0, from)}${open}\n${section(target, result)}\n${document.slice(to)}`;
  }
  await writeFile(DOCUMENT, document);
}

function section(target, { date, machine: where, rounds, quick, outcomes }) {
  const how = quick ? "a quick run, a first look only" : `${rounds} rounds`;
  return [
    `Taken on ${date}, ${how}: ${where}.`,
    `![Latency by the number of live queries, and ratios to the hand-written Worker](benchmarks/${target}.svg)`,
    barsTable(outcomes),
    table(outcomes),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await render(await read());
}
