// Keeps the server and the load apart, each on a core of its own, where the machine can.
import { spawnSync } from "node:child_process";

export const SERVER_CORE = 0;
export const LOAD_CORE = 1;

const canPin = [SERVER_CORE, LOAD_CORE].every(
  (core) => spawnSync("taskset", ["-c", String(core), process.execPath, "-e", ""]).status === 0,
);

/** Whether processes stay on their cores. */
export function pinned() {
  return canPin;
}

/** A command line that runs another one on a core, or as it is where nothing can be pinned. */
export function onCore(core, command) {
  return canPin ? ["taskset", "-c", String(core), ...command] : command;
}
