// Every example of a web framework: a clean install, the framework's own build, served by wrangler on workerd, and looked
// at in Chromium. npm run test:frameworks; LUNORA_EXAMPLES=hono,react-spa picks some, LUNORA_TARGET=wasm the other build.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { launch, skip } from "../../../js-client/test/browser/chromium.mjs";
import { freePort } from "../support/dev-server.mjs";
import { root } from "../support/harness.mjs";
import { Rpc, unique } from "../support/rpc.mjs";

/** What each example has: pages made on the server, and the status of the page that fails. */
const EXAMPLES = {
  hono: { ssr: true },
  "react-spa": { ssr: false },
  "react-router": { ssr: true },
  sveltekit: { ssr: true },
  astro: { ssr: true },
  nuxt: { ssr: true },
  nitro: { ssr: true },
  elysia: { ssr: true },
  "tanstack-start": { ssr: true },
  "solid-start": { ssr: true },
};

const chosen = process.env.LUNORA_EXAMPLES?.split(",") ?? Object.keys(EXAMPLES);
const START_MS = 90_000;
const APP = join(root, "test-worker/target/worker/app.mjs");
/** What the app was compiled to. */
const target = readFileSync(join(root, "test-worker/target/worker/target.txt"), "utf8");

for (const name of chosen) {
  if (!(name in EXAMPLES)) throw new Error(`LUNORA_EXAMPLES: no example '${name}'; there are ${Object.keys(EXAMPLES)}`);
  example(name, EXAMPLES[name]);
}

function example(name, { ssr }) {
  describe(`${name}, ${target}`, { skip, timeout: 600_000 }, () => {
    const directory = join(root, "examples", name);
    let server;
    let url;
    let browser;
    let rpc;

    before(async () => {
      await run(directory, "npm", ["ci"]);
      await run(directory, "npm", ["run", "build"]);
      const port = await freePort();
      url = `http://127.0.0.1:${port}`;
      rpc = new Rpc(url);
      server = spawn("npm", ["run", "preview", "--", "--port", String(port)], { cwd: directory, env: environment(), detached: true });
      await reached(server, url);
      browser = await launch();
    });
    after(async () => {
      await browser?.close();
      // The group that this process leads: npm, wrangler, workerd.
      if (server !== undefined && server.exitCode === null) process.kill(-server.pid, "SIGKILL");
    });

    // As clients send it: SvelteKit takes a post of plain text for a form from elsewhere.
    const call = (path, args) => rpc.call(path, args, { "content-type": "application/json" });
    const say = (channel, body) => call("messages:send", { channel, author: "ann", body });

    test("its wrangler.jsonc has all that the app needs", async () => {
      await run(directory, "npx", ["--no-install", "lunora", "wrangler", "--check", "--framework", "--app", APP]);
    });

    test("a page made on the server has the data", { skip: !ssr && "an SPA has no pages made on the server" }, async () => {
      const channel = unique("ssr");
      await say(channel, "said before");
      const html = await (await fetch(`${url}/?channel=${channel}`)).text();
      assert.match(html, /<li[^>]*>(<!--.*?-->)*<b[^>]*>(<!--.*?-->)*ann/, html.slice(0, 2000));
      assert.match(html, /said before/);
    });

    test("in a browser it is live, without a flash", async () => {
      const channel = unique("live");
      await say(channel, "first");
      const context = await browser.newContext();
      const page = await context.newPage();
      const errors = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error" && !message.location().url.endsWith("/favicon.ico")) errors.push(message.text());
      });
      // Whatever is painted is seen: a list that empties when the page comes to life is a flash.
      await page.addInitScript(() => {
        window.counts = [];
        new MutationObserver(() => {
          const count = document.querySelectorAll("ul li").length;
          if (window.counts.at(-1) !== count) window.counts.push(count);
        }).observe(document, { childList: true, subtree: true });
      });
      await page.goto(`${url}/?channel=${channel}`);
      const lines = page.locator("ul li");
      await lines.filter({ hasText: "first" }).waitFor();
      await connected(page, lines, () => say(channel, "second"), "second");
      await page.getByLabel("Message").fill("typed here");
      await page.getByRole("button", { name: "Send" }).click();
      await lines.filter({ hasText: "typed here" }).waitFor();
      assert.match(await lines.first().textContent(), /typed here/, "newest first");
      const counts = await page.evaluate(() => window.counts);
      const shown = counts.slice(counts.findIndex((count) => count > 0));
      assert.ok(shown.every((count, n) => n === 0 || count >= shown[n - 1]), `the list went back: ${counts}`);
      await mkdir(join(root, "test-worker/target/screenshots"), { recursive: true });
      await page.screenshot({ path: join(root, `test-worker/target/screenshots/${name}.png`) });
      assert.deepEqual(errors, []);
      await context.close();
    });

    test("the events of the Worker reach the app", async () => {
      const nights = () => call("counters:get", { name: "nights" });
      const earlier = await nights();
      const ran = await fetch(`${url}/cdn-cgi/handler/scheduled?format=json&cron=${encodeURIComponent("0 4 * * *")}`);
      assert.equal((await ran.json()).outcome, "ok");
      for (const deadline = Date.now() + 20_000; Date.now() < deadline && (await nights()) === earlier; ) await pause(50);
      assert.equal(await nights(), earlier + 1);
    });

    test("a page that fails leaves the realtime plane working", async () => {
      const broken = await fetch(`${url}/broken`);
      assert.equal(broken.status, 500);
      await broken.body?.cancel();
      assert.equal(await call("system:ping", {}), "pong");
      assert.equal((await fetch(`${url}/_lunora/status`)).status, 200);
      assert.equal((await fetch(`${url}/_lunora/nothing`)).status, 404);
    });
  });
}

/** Waits for a line that is said once the page listens; the page shows nothing of its connection. */
async function connected(page, lines, saying, text) {
  await page.waitForLoadState("networkidle");
  await saying();
  await lines.filter({ hasText: text }).waitFor();
}

function environment() {
  return { ...process.env, WRANGLER_SEND_METRICS: "false", NO_COLOR: "1", CI: "1" };
}

async function run(cwd, command, args) {
  const child = spawn(command, args, { cwd, env: environment() });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve));
  assert.equal(code, 0, `${command} ${args.join(" ")} in ${cwd}:\n${output.slice(-4000)}`);
}

async function reached(server, url) {
  let output = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (data) => (output += data));
  const until = Date.now() + START_MS;
  while (Date.now() < until && server.exitCode === null) {
    const answer = await fetch(`${url}/_lunora/status`).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no server at ${url}:\n${output.slice(-4000)}`);
}
