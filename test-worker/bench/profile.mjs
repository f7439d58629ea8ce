// Where a workload spends its time: the functions of the Worker with the most CPU, and who calls them.
//   npm run bench:profile -- query-c16 [--side ours|baseline|scan|naive|party] [--target js|wasm] [--top N] [--out FILE]
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { compile, directoryOf } from "./bundles.mjs";
import { cpuProfile } from "./inspector.mjs";
import { Load } from "./load.mjs";
import { Side } from "./sides.mjs";
import { workloads } from "./workloads/index.mjs";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    side: { type: "string", default: "ours" },
    target: { type: "string", default: "js" },
    top: { type: "string", default: "40" },
    seconds: { type: "string", default: "4" },
    out: { type: "string" },
  },
});

const served = workloads.filter((workload) => workload.served && !workload.startsItself);
const chosen = served.filter(({ name }) => positionals.includes(name));
if (chosen.length === 0) {
  console.log(`npm run bench:profile -- NAME... [--side ours|baseline|scan|naive|party] [--target js|wasm] [--top N]
                         [--seconds N] [--out FILE]   (FILE opens in Chrome's DevTools)

names: ${served.map(({ name }) => name).join(" ")}`);
} else {
  const target = flags.target;
  if (flags.side === "ours") {
    await compile(target, { further: chosen.some(({ further }) => further), minify: false });
  }
  const load = new Load();
  try {
    for (const workload of chosen) {
      await profile(workload, target, load);
    }
  } finally {
    load.close();
  }
}

/** Runs one workload on one side, with a look at it. */
async function profile(workload, target, load) {
  const name = workload.sides?.[flags.side] ?? flags.side;
  const side = await Side.build(name, target, load, { minify: false, directory: directoryOf("profile") });
  const settings = { load, seconds: Number(flags.seconds), quick: true };
  try {
    await side.start(["--inspector-addr=127.0.0.1:0"]);
    await workload.prepare(side, settings);
    await workload.settle?.();
    let value;
    const recorded = await cpuProfile(side.server.inspectorPort, async () => {
      value = await workload.measure(side, settings);
    });
    await workload.finish?.(side, settings);
    const measured = typeof value === "number" ? `${value.toFixed(2)} ${workload.unit}` : JSON.stringify(value);
    console.log(`\n## ${workload.name}: ${measured} while profiled\n`);
    const calls = workload.unit === "req/s" ? value * settings.seconds : undefined;
    console.log(summary(recorded, Number(flags.top), calls));
    if (flags.out !== undefined) {
      await writeFile(resolve(process.env.INIT_CWD ?? ".", flags.out), JSON.stringify(recorded));
    }
  } finally {
    await side.stop();
  }
}

/**
 * The functions with the most time of their own: what of the busy time they and what they call
 * have, and who calls them. Where the number of calls is known, also their microseconds for each.
 */
function summary(profile, top, calls) {
  const nodes = new Map(profile.nodes.map((node) => [node.id, { ...node, self: 0, parent: undefined }]));
  for (const node of nodes.values()) {
    for (const child of node.children ?? []) {
      nodes.get(child).parent = node;
    }
  }
  profile.samples.forEach((id, i) => {
    nodes.get(id).self += profile.timeDeltas[i];
  });
  const byName = new Map();
  let busy = 0;
  for (const node of nodes.values()) {
    const name = nameOf(node);
    if (name === "(idle)" || name === "(root)") {
      continue;
    }
    busy += node.self;
    add(node, name, byName);
  }
  const rows = [...byName.values()].sort((a, b) => b.self - a.self).slice(0, top);
  const share = (time) => `${((100 * time) / busy).toFixed(1)}%`.padStart(6);
  const perCall = (time) => (calls === undefined ? "" : (time / calls).toFixed(1).padStart(7));
  return [
    `busy: ${(busy / 1000).toFixed(0)} ms${calls === undefined ? "" : `, ${perCall(busy).trim()} us for each call`}`,
    `  self  total${calls === undefined ? "" : " us/call"}  function  <- callers`,
    ...rows.map(
      (row) => `${share(row.self)} ${share(row.total)}${perCall(row.self)}  ${row.name}  <- ${callersOf(row)}`,
    ),
  ].join("\n");
}

function add(node, name, byName) {
  const entry = (each) => {
    let found = byName.get(each);
    if (found === undefined) {
      found = { name: each, self: 0, total: 0, callers: new Map() };
      byName.set(each, found);
    }
    return found;
  };
  entry(name).self += node.self;
  const seen = new Set();
  for (let at = node; at !== undefined; at = at.parent) {
    const each = nameOf(at);
    if (!seen.has(each)) {
      seen.add(each);
      entry(each).total += node.self;
    }
  }
  if (node.parent !== undefined) {
    const { callers } = entry(name);
    const caller = nameOf(node.parent);
    callers.set(caller, (callers.get(caller) ?? 0) + node.self);
  }
}

function nameOf({ callFrame: { functionName, lineNumber } }) {
  return functionName === "" ? `(anonymous:${lineNumber + 1})` : functionName;
}

function callersOf({ callers }) {
  return [...callers]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([name]) => name)
    .join(", ");
}
