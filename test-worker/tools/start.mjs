// npm start: builds what is stale and serves the example on local workerd.
//   npm start -- --port 8787        every flag goes to `wrangler dev`
//   LUNORA_TARGET=wasm npm start    the WebAssembly build
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { build, isStale, root } from "./build.mjs";
import { run } from "./run.mjs";
import { ADMIN_VARIABLE, secret, STORAGE_VARIABLE } from "./token.mjs";

const flags = process.argv.slice(2);
if (flags.includes("--help")) {
  console.log(`npm start [-- flags of wrangler dev]

  npm start -- --port 8787          serve on another port (8787 is the default)
  npm start -- --persist-to DIR     keep the data elsewhere (.wrangler is the default)
  LUNORA_TARGET=wasm npm start      run the WebAssembly build`);
  process.exit(0);
}

const target = process.env.LUNORA_TARGET ?? "js";
// Here and not by wrangler's own build step, which would hide the progress.
if (isStale(target)) await build(target);

// Made before wrangler reads the file that it is in.
secret();
secret(root, STORAGE_VARIABLE);
secret(root, ADMIN_VARIABLE);

/** The flag that says where the data is, for the commands before the server; empty for the default. */
function persistence() {
  const at = flags.findIndex((flag) => flag === "--persist-to" || flag.startsWith("--persist-to="));
  if (at < 0) return [];
  return flags[at] === "--persist-to" ? flags.slice(at, at + 2) : [flags[at]];
}

const wrangler = resolve(root, "node_modules/wrangler/bin/wrangler.js");
const env = { WRANGLER_SEND_METRICS: "false", ...process.env };
// Those that were applied before are left alone.
await run(process.execPath, [wrangler, "d1", "migrations", "apply", "DB", "--local", ...persistence()], {
  cwd: root,
  env: { CI: "1", ...env },
});
const child = spawn(process.execPath, [wrangler, "dev", "--show-interactive-dev-session=false", ...flags], {
  cwd: root,
  env,
  stdio: "inherit",
});
// Ctrl-C reaches wrangler too, as one of the terminal's group; a plain kill reaches only us.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.kill(signal));
}
child.once("exit", (code, signal) => process.exit(signal ? 0 : (code ?? 0)));
