// npm run bench: our Worker against the same Worker written by hand, on bare workerd, in one run.
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { benchBackup } from "./backup.mjs";
import { barsTable } from "./bars.mjs";
import { compile } from "./bundles.mjs";
import { judge } from "./judge.mjs";
import { publish } from "./publish.mjs";
import { asJson, machine, table } from "./report.mjs";
import { storeIn } from "./workerd.mjs";
import { metricsOf, workloads } from "./workloads/index.mjs";

const basic = workloads.filter(({ further }) => !further);
const further = workloads.filter((workload) => workload.further);
const namesOf = (some) => some.map(({ name }) => name).join(" ");

const USAGE = `npm run bench [-- flags]

  --target js|wasm|both   what to compile to (both is the default)
  --all                   the further workloads too, and the rivals beside the hand-written Worker
  --only NAME,...         some workloads, of either kind
  --rounds N              measurements of each side, taken in turns (5 is the default)
  --quick                 2 short rounds, and fewer clients and rows
  --storage DIRECTORY     keep the storage of all sides there and not in test-worker/target/bench; in a
                          directory of memory (/dev/shm) no write waits for a disk
  --json FILE             also write {"js"|"wasm": {name: {ours, baseline, ratio}}} of what is run
  --publish               also put the results into docs/BENCHMARKS.md, docs/benchmarks/results.json and a
                          picture for each target; targets that are not run keep what they have
  --backup                a million rows into R2 instead, beside an exporter written by hand
  --help

Run by default:
  ${namesOf(basic)}

Further, by --all or by name:
  ${namesOf(further)}`;

const { values: flags } = parseArgs({
  options: {
    target: { type: "string", default: "both" },
    all: { type: "boolean", default: false },
    only: { type: "string" },
    rounds: { type: "string" },
    quick: { type: "boolean", default: false },
    storage: { type: "string" },
    json: { type: "string" },
    publish: { type: "boolean", default: false },
    backup: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (flags.help) {
  console.log(USAGE);
} else if (flags.backup) {
  await benchBackup();
} else {
  await main();
}

async function main() {
  const targets = { js: ["js"], wasm: ["wasm"], both: ["js", "wasm"] }[flags.target];
  if (targets === undefined) {
    throw new Error(`--target ${flags.target}: use js, wasm or both`);
  }
  const chosen = chosenWorkloads();
  const rounds = Number(flags.rounds ?? (flags.quick ? 2 : 5));
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds ${flags.rounds}: use a number from 1 on`);
  }
  for (const target of targets) {
    console.error(`compiling to ${target} ...`);
    await compile(target, { further: chosen.some((workload) => workload.further) });
  }
  if (flags.storage !== undefined) {
    storeIn(resolve(process.env.INIT_CWD ?? ".", flags.storage));
  }
  const settings = { rounds, seconds: flags.quick ? 0.5 : 1, quick: flags.quick, rivals: flags.all };
  const outcomes = {};
  for (const target of targets) {
    outcomes[target] = await judge(target, chosen, settings, (text) => console.error(`${elapsed()} ${text}`));
  }
  print(outcomes);
  if (flags.json !== undefined) {
    await writeFile(resolve(process.env.INIT_CWD ?? ".", flags.json), asJson(outcomes) + "\n");
  }
  if (flags.publish) {
    await publish(outcomes, { rounds, quick: flags.quick });
  }
  if (Object.values(outcomes).flat().some(({ error }) => error !== undefined)) {
    process.exitCode = 1;
  }
}

function chosenWorkloads() {
  if (flags.only === undefined) {
    return flags.all ? workloads : basic;
  }
  const chosen = flags.only.split(",").map((wanted) => {
    const found = workloads.find(
      (workload) => workload.name === wanted || metricsOf(workload).some(({ name }) => name === wanted),
    );
    if (found === undefined) {
      throw new Error(`--only ${wanted}: no such workload\n\n${USAGE}`);
    }
    return found;
  });
  return [...new Set(chosen)];
}

function print(outcomes) {
  console.log(`\n${machine()}`);
  for (const [target, all] of Object.entries(outcomes)) {
    console.log(`\n## ${target}\n\n${table(all)}`);
    const held = barsTable(all);
    if (held !== "") {
      console.log(`\n${held}`);
    }
  }
}

function elapsed() {
  const seconds = Math.round(performance.now() / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
