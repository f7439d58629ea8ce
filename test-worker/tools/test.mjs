// npm test: everything, in steps; the first that fails ends it.
//   node test-worker/tools/test.mjs [--only js|wasm] [--skip-jvm] [--skip-browser]
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build, bundlePage, root } from "./build.mjs";
import { ADMIN_VARIABLE, secret, STORAGE_VARIABLE } from "./token.mjs";

const { values: flags } = parseArgs({
  options: {
    only: { type: "string" },
    "skip-jvm": { type: "boolean" },
    "skip-browser": { type: "boolean" },
    help: { type: "boolean" },
  },
});
if (flags.help) {
  console.log(`node test-worker/tools/test.mjs [--only js|wasm] [--skip-jvm] [--skip-browser]

  --only          one compile target; both are run without it
  --skip-jvm      no Maven tests: the Worker is compiled, and that is all
  --skip-browser  no Chromium

  LUNORA_KILL_ROUNDS=100   more rounds of kill -9 (npm run faults: 50)
  LUNORA_SEED=...          the seed of every random test`);
  process.exit(0);
}
if (flags.only !== undefined && flags.only !== "js" && flags.only !== "wasm") {
  throw new Error(`--only '${flags.only}': use js or wasm`);
}

/** The Maven modules that are compiled to Workers. */
const WORKERS = ["test-worker", "test-worker/bindings"];

const specs = join(root, "test-worker/test");
const total = { passed: 0, failed: 0, skipped: 0 };
const started = Date.now();

const filesIn = (directory, ending) =>
  existsSync(directory)
    ? readdirSync(directory).filter((name) => name.endsWith(ending)).sort().map((name) => join(directory, name))
    : [];

/** Runs one step under a heading; ends everything when it fails. */
async function step(name, action) {
  console.log(`\n=== ${name}`);
  const begun = Date.now();
  const error = await action().then(() => undefined, (thrown) => thrown);
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  if (error) {
    console.error(`\n=== FAILED: ${name}, after ${seconds} s: ${error.message}`);
    finish(1);
  }
  console.log(`=== done: ${name}, ${seconds} s`);
}

/** The last lines of a run, whatever its outcome. */
function finish(code) {
  if (code !== 0 && total.failed === 0) total.failed = 1;
  console.log(`\n${((Date.now() - started) / 60_000).toFixed(1)} minutes${total.skipped ? `, ${total.skipped} tests skipped` : ""}`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(code);
}

/** Runs a command with its output shown; gives what it printed. */
function run(command, args, env = {}) {
  return new Promise((succeed, fail) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
      process.stdout.write(text);
    });
    child.once("error", (error) => fail(new Error(`${command} did not start: ${error.message}`)));
    child.once("close", (code, signal) => succeed({ output, code: signal ?? code }));
  });
}

/** Runs spec files on Node's test runner and counts what it reports. */
async function nodeTests(files, { concurrency = 1 } = {}) {
  const args = ["--test", `--test-concurrency=${concurrency}`, "--test-reporter=spec", ...files];
  const { output, code } = await run(process.execPath, args);
  const count = (what) => Number(new RegExp(`^ℹ ${what} (\\d+)$`, "m").exec(output)?.[1] ?? 0);
  total.passed += count("pass");
  total.failed += count("fail") + count("cancelled");
  total.skipped += count("skipped");
  if (code !== 0) throw new Error(`node --test ended with ${code}`);
  if (count("pass") + count("skipped") === 0) throw new Error("no test was run");
}

/** Adds up surefire's reports. */
function countSurefire() {
  const modules = ["worker-java/spi", "worker-java/testkit", "worker-java/runtime", "worker-java/processor", "worker-java/test", "wasm-bridge", "test-worker"];
  let tests = 0;
  for (const module of modules) {
    for (const file of filesIn(join(root, module, "target/surefire-reports"), ".xml")) {
      const head = /<testsuite [^>]*>/.exec(readFileSync(file, "utf8"))?.[0] ?? "";
      const number = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(head)?.[1] ?? 0);
      const failed = number("failures") + number("errors");
      tests += number("tests");
      total.failed += failed;
      total.skipped += number("skipped");
      total.passed += number("tests") - failed - number("skipped");
    }
  }
  return tests;
}

async function mavenVerify() {
  const { code } = await run("mvn", ["-B", "-ntp", "-Dstyle.color=never", "-Dlunora.target=js", "clean", "verify"]);
  const tests = countSurefire();
  if (code !== 0) throw new Error(`mvn verify ended with ${code}`);
  if (tests === 0) throw new Error("Maven ran no test");
  console.log(`${tests} tests on the JVM`);
}

const isFor = (target) => (file) => target === "js" || !file.endsWith("coroutine-free.spec.mjs");

async function onWorkerd(target) {
  // Before any spec asks for one: two that run at once would each write the file.
  for (const variable of [undefined, STORAGE_VARIABLE, ADMIN_VARIABLE]) secret(root, variable);
  const files = filesIn(specs, ".spec.mjs").filter(isFor(target));
  await step(`Specs on workerd, ${target}`, () => nodeTests(files, { concurrency: 2 }));
  const bindings = filesIn(join(specs, "bindings"), ".spec.mjs");
  if (bindings.length > 0) await step(`Bindings on workerd, ${target}`, () => nodeTests(bindings, { concurrency: 2 }));
}

if (!flags["skip-jvm"]) await step("JVM tests, style and layer rules (mvn verify)", mavenVerify);
if (flags.only !== "wasm") {
  // mvn verify has compiled the Workers already.
  await step("JavaScript, and the page", () => (flags["skip-jvm"] ? build("js", WORKERS) : bundlePage("js")));
  await step("Browser client", () => nodeTests(filesIn(resolve(root, "js-client/test"), ".test.mjs")));
  await step("lunora wrangler", () => nodeTests(filesIn(resolve(root, "js-shim/test"), ".test.mjs")));
  if (!flags["skip-browser"]) {
    await step("Browser client in Chromium", () => nodeTests(filesIn(resolve(root, "js-client/test/browser"), ".test.mjs")));
  }
  await onWorkerd("js");
  if (!flags["skip-browser"]) await step("The page and the offline queue in Chromium", () => nodeTests(filesIn(join(specs, "browser"), ".spec.mjs")));
}
if (flags.only !== "js") {
  await step("Compile to WebAssembly GC", () => build("wasm", WORKERS));
  await onWorkerd("wasm");
}
finish(0);
