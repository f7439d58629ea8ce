import { existsSync } from "node:fs";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Why there is no browser to test in, or false. */
export const skip = existsSync(executablePath)
  ? false
  : `no browser at ${executablePath}; install Chromium or set CHROMIUM`;
if (skip) console.log(`# BROWSER TESTS SKIPPED: ${skip}`);

export async function launch() {
  const { chromium } = await import("playwright-core");
  return chromium.launch({ executablePath, args });
}
