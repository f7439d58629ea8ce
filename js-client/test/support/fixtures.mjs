import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const repoRoot = fileURLToPath(new URL("../../../", import.meta.url));
const directory = process.env.LUNORA_FIXTURES ?? join(repoRoot, "..", "shared", "protocol", "fixtures");

/** One protocol fixture file, or undefined (with the reason printed) when the directory is not on this machine. */
export function fixture(name) {
  const file = join(directory, name);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  console.log(`# fixture ${name} not found; set LUNORA_FIXTURES to the protocol fixtures. Using own vectors only.`);
  return undefined;
}
