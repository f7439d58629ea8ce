// The protocol's fixtures, where this machine has them.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./harness.mjs";

const directory = process.env.LUNORA_FIXTURES ?? join(root, "..", "shared", "protocol", "fixtures");

/** One fixture file, or undefined. */
export function fixture(name) {
  const file = join(directory, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** Why tests on fixtures cannot run here, or false. */
export const noFixtures = existsSync(directory)
  ? false
  : `no fixtures at ${directory}; set LUNORA_FIXTURES to the protocol's fixtures`;
