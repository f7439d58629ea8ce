// Measures workloads: all sides of each in turns, and voids what went wrong.
import { Load } from "./load.mjs";
import { outcomes } from "./report.mjs";
import { Sides } from "./sides.mjs";
import { mean, rounded } from "./stats.mjs";
import { metricsOf } from "./workloads/index.mjs";

/** The example and its baseline. */
const BASIC_SIDES = { ours: "ours", baseline: "baseline" };

/**
 * The outcomes of the chosen workloads for a target that is compiled.
 *
 * @param settings {rounds, seconds, quick, rivals: whether rivals are measured where a workload can do without}
 * @param progress told in a line what happens
 */
export async function judge(target, chosen, settings, progress) {
  const load = new Load();
  const sides = new Sides(target, load);
  const all = [];
  try {
    for (const workload of chosen) {
      all.push(...(await judged(workload, sides, { ...settings, load }, (text) => progress(`${target}: ${text}`))));
    }
  } finally {
    await sides.stop();
    load.close();
  }
  return all;
}

/** One workload on all of its sides; whatever goes wrong makes it void. */
async function judged(workload, sides, settings, progress) {
  const measured = new Map(metricsOf(workload).map(({ name }) => [name, {}]));
  const taking = await sidesOf(workload, sides, settings, progress);
  let error;
  try {
    for (const side of Object.values(taking)) {
      await workload.prepare?.(side, settings);
    }
    const rounds = workload.once ? 1 : Math.min(settings.rounds, workload.roundsMax ?? Infinity);
    for (let round = 0; round < rounds; round++) {
      await workload.settle?.();
      keep(await oneRound(workload, taking, round, settings), measured);
      progress(`${workload.name} round ${round + 1}: ${latest(measured, workload)}`);
    }
    for (const side of Object.values(taking)) {
      await workload.finish?.(side, settings);
    }
  } catch (failure) {
    error = failure.message;
    progress(`${workload.name} is void: ${error}`);
    for (const side of Object.values(taking)) {
      await workload.discard?.(side, settings);
    }
  }
  const notes = Object.fromEntries(Object.entries(taking).map(([column, side]) => [column, side.notes[workload.name]]));
  return outcomes(workload, measured, notes, error);
}

/** The sides of a workload by column, served if it wants them to be. */
async function sidesOf(workload, sides, settings, progress) {
  const names = { ...(workload.sides ?? BASIC_SIDES), ...(settings.rivals ? workload.rivals : {}) };
  if (!workload.served) {
    await sides.stop(Object.values(names));
  }
  const taking = {};
  for (const [column, name] of Object.entries(names)) {
    taking[column] = await sides.built(name);
    if (workload.served && !workload.startsItself) {
      if (!taking[column].isServed()) {
        progress(`filling ${name}`);
      }
      await taking[column].start();
    }
  }
  return taking;
}

/**
 * All sides twice, there and back, so that a machine that gets slower is no one's fault; workloads that
 * measure once in a round change who is first.
 */
async function oneRound(workload, taking, round, settings) {
  const columns = Object.keys(taking);
  const onceOnly = workload.once || workload.settle !== undefined;
  const back = columns.toReversed();
  const order = onceOnly ? (round % 2 === 0 ? columns : back) : [...columns, ...back];
  const taken = {};
  for (const column of order) {
    const value = await workload.measure(taking[column], settings);
    (taken[column] ??= []).push(typeof value === "number" ? { [workload.name]: value } : value);
  }
  return taken;
}

/** Adds what one round took to the metrics' values: {metric -> {column: [value of each round]}}. */
function keep(taken, measured) {
  for (const [name, byColumn] of measured) {
    for (const [column, values] of Object.entries(taken)) {
      (byColumn[column] ??= []).push(mean(values.map((value) => value[name])));
    }
  }
}

function latest(measured, workload) {
  return metricsOf(workload)
    .map(({ name, unit }) => {
      const values = Object.values(measured.get(name)).map((each) => rounded(each.at(-1)));
      return `${values.join(" / ")} ${unit}`;
    })
    .join(", ");
}
