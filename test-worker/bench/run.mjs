// npm run bench: our Worker against the same Worker written by hand, on bare workerd, in one run.
import { rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../tools/build.mjs";
import { baseline, compatibilityDate, directoryOf, ours } from "./bundles.mjs";
import { Load } from "./load.mjs";
import { asJson, machine, outcome, table } from "./report.mjs";
import { mean, rounded } from "./stats.mjs";
import { clearStorage, configure, serve } from "./workerd.mjs";
import { workloads } from "./workloads/index.mjs";

const USAGE = `npm run bench [-- flags]

  --target js|wasm|both   what to compile to (both is the default)
  --only NAME,...         some of: ${workloads.map(({ name }) => name).join(" ")}
  --rounds N              measurements of each side, taken in turns (5 is the default)
  --quick                 2 short rounds
  --json FILE             also write {"js"|"wasm": {name: {ours, baseline, ratio}}}
  --help`;

const { values: flags } = parseArgs({
  options: {
    target: { type: "string", default: "both" },
    only: { type: "string" },
    rounds: { type: "string" },
    quick: { type: "boolean", default: false },
    json: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (flags.help) {
  console.log(USAGE);
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
  const modules = {};
  for (const target of targets) {
    progress(`compiling to ${target} ...`);
    modules[target] = await ours(target);
  }
  const settings = { rounds, seconds: flags.quick ? 0.5 : 1 };
  const outcomes = {};
  for (const target of targets) {
    outcomes[target] = await compare(target, modules[target], chosen, settings);
  }
  console.log(`\n${machine()}`);
  for (const target of targets) {
    console.log(`\n## ${target}\n\n${table(outcomes[target])}`);
  }
  if (flags.json !== undefined) {
    await writeFile(resolve(process.env.INIT_CWD ?? ".", flags.json), asJson(outcomes) + "\n");
  }
  if (Object.values(outcomes).flat().some(({ error }) => error !== undefined)) {
    process.exitCode = 1;
  }
}

function chosenWorkloads() {
  if (flags.only === undefined) {
    return workloads;
  }
  return flags.only.split(",").map((name) => {
    const found = workloads.find((workload) => workload.name === name);
    if (found === undefined) {
      throw new Error(`--only ${name}: no such workload\n\n${USAGE}`);
    }
    return found;
  });
}

/** All workloads of one target against the baseline. */
async function compare(target, modules, chosen, settings) {
  const sides = {
    ours: await side(target, modules),
    baseline: await side("baseline", await baseline()),
  };
  const load = new Load();
  const outcomes = [];
  try {
    if (chosen.some(({ served }) => served)) {
      progress(`${target}: filling both sides`);
      await start(sides, load);
    }
    for (const workload of chosen.filter(({ served }) => served)) {
      outcomes.push(await judged(target, workload, sides, { load, ...settings }));
    }
    await stop(sides);
    for (const workload of chosen.filter(({ served }) => !served)) {
      outcomes.push(await judged(target, workload, sides, settings));
    }
  } finally {
    await stop(sides);
    load.close();
  }
  return outcomes;
}

async function side(name, modules) {
  const directory = directoryOf(name);
  await rm(`${directory}/storage`, { recursive: true, force: true });
  await configure(directory, modules, await compatibilityDate());
  return { name, modules, directory, notes: {}, server: undefined };
}

async function start(sides, load) {
  for (const each of Object.values(sides)) {
    await clearStorage(each.directory);
    each.server = await serve(each.directory);
    await load.run("preload", { port: each.server.port });
  }
}

async function stop(sides) {
  for (const each of Object.values(sides)) {
    await each.server?.stop();
    each.server = undefined;
  }
}

/** Measures a workload on both sides in turns; whatever goes wrong makes it void. */
async function judged(target, workload, sides, settings) {
  const measured = { ours: [], baseline: [] };
  try {
    for (const each of Object.values(sides)) {
      await workload.prepare?.(each, settings);
    }
    for (let round = 0; round < (workload.once ? 1 : settings.rounds); round++) {
      for (const [name, value] of Object.entries(await oneRound(workload, sides, settings))) {
        measured[name].push(value);
      }
      const [our, base] = [measured.ours.at(-1), measured.baseline.at(-1)].map(rounded);
      progress(`${target}: ${workload.name} round ${round + 1}: ${our} / ${base} ${workload.unit}`);
    }
    for (const each of Object.values(sides)) {
      await workload.finish?.(each, settings);
    }
  } catch (error) {
    progress(`${target}: ${workload.name} is void: ${error.message}`);
    measured.error = error.message;
  }
  return outcome(workload, measured, { ours: sides.ours.notes, baseline: sides.baseline.notes });
}

/** Both sides twice, ours first and last, so that a machine that gets slower is no one's fault. */
async function oneRound(workload, sides, settings) {
  const taken = { ours: [], baseline: [] };
  for (const name of workload.once ? ["ours", "baseline"] : ["ours", "baseline", "baseline", "ours"]) {
    taken[name].push(await workload.measure(sides[name], settings));
  }
  return { ours: mean(taken.ours), baseline: mean(taken.baseline) };
}

function progress(text) {
  console.error(text);
}
