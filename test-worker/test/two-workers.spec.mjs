// examples/two-workers: two `wrangler dev` processes, as two deployments are. One owns the objects, the other answers.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { LunoraClient } from "@lunora-java/client";
import { DevServer, freePort } from "./support/dev-server.mjs";
import { root } from "./support/harness.mjs";
import { LiveSocket } from "./support/live-socket.mjs";
import { refusal, Rpc } from "./support/rpc.mjs";
import { bearer, inUrl } from "./support/tokens.mjs";

const example = "examples/two-workers";

test("tsc accepts both Workers", () => {
  try {
    execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", join(root, example)], { encoding: "utf8" });
  } catch (error) {
    assert.fail(error.stdout || String(error));
  }
});

describe("two Workers", () => {
  const directory = mkdtempSync(join(tmpdir(), "lunora-two-workers-"));
  // Where processes of wrangler find one another: not those of other tests.
  const registry = join(directory, "registry");
  const env = { WRANGLER_REGISTRY_PATH: registry };
  // The app Worker checks tokens; the owner has no secret.
  const key = "the secret of this spec, of more than 32 bytes";
  let backend;
  let app;
  let rpc;
  let client;

  const startBackend = async () => {
    backend = await DevServer.start(await freePort(), join(directory, "backend"), { config: `${example}/backend/wrangler.jsonc`, path: "/", env });
  };

  before(async () => {
    await startBackend();
    app = await DevServer.start(await freePort(), join(directory, "app"), {
      config: `${example}/app/wrangler.jsonc`, flags: ["--var", `LUNORA_JWT_SECRET:${key}`], env,
    });
    rpc = new Rpc(app.url);
  }, { timeout: 150_000 });
  after(async () => {
    client?.close();
    await app?.kill();
    await backend?.kill();
    rmSync(directory, { recursive: true, force: true });
  });

  const call = (functionPath, args, { shardKey, headers } = {}) =>
    rpc.post(JSON.stringify({ functionPath, args, shardKey }), { "content-type": "application/json", ...headers });

  test("calls reach the other Worker's objects", async () => {
    assert.equal((await call("counters:add", { name: "a", by: 2 })).json.result, 2);
    assert.equal((await call("counters:get", { name: "a" })).json.result, 2);
  });

  test("a named shard is another object, for whom the app Worker lets in", async () => {
    assert.equal((await call("counters:add", { name: "a", by: 5 }, { shardKey: "lobby" })).json.result, 5);
    refusal(await call("counters:get", { name: "a" }, { shardKey: "private-lobby" }), 403, "FORBIDDEN_SHARD");
    const signedIn = await call("counters:get", { name: "a" }, { shardKey: "private-lobby", headers: bearer("ann", { key }) });
    assert.equal(signedIn.json.result, 0);
  });

  test("a live query goes through the app Worker's socket", async () => {
    await assert.rejects(LiveSocket.open(app.url, "?shard=private-lobby"));
    const socket = await LiveSocket.open(app.url, `${inUrl("ann", { key })}&shard=private-lobby`);
    socket.send({ type: "connect", id: "connect", clientId: "spec" });
    const { id, first } = await socket.subscribe("counters:get", { name: "live" });
    assert.equal(first.data, 0);
    await call("counters:add", { name: "live", by: 1 }, { shardKey: "private-lobby", headers: bearer("bob", { key }) });
    await socket.frame((frame) => frame.id === id && frame.data === 1, "the write's data");
    socket.close();
  });

  test("headers in which a client poses as the Worker go nowhere", async () => {
    const forged = { "x-lunora-system": "1", "x-lunora-userid": "root", "x-lunora-identity-exp": "99999999999999" };
    refusal(await call("system:secretInternal", {}, { headers: forged }), 404, "FUNCTION_NOT_FOUND");
    assert.equal((await call("system:whoami", {}, { headers: forged })).json.result, null);
    assert.equal((await call("system:whoami", {}, { headers: { ...forged, ...bearer("ann", { key }) } })).json.result.userId, "ann");
    refusal(await call("counters:get", { name: "a" }, { shardKey: "private-lobby", headers: forged }), 403, "FORBIDDEN_SHARD");
  });

  test("the owner answers nobody by itself", async () => {
    for (const path of ["/", "/_lunora/rpc", "/_lunora/status", "/_lunora/ws"]) {
      const response = await fetch(backend.url + path, { method: path.endsWith("rpc") ? "POST" : "GET" });
      assert.deepEqual([response.status, await response.text()], [404, "Not found"]);
    }
  });

  test("the owner goes and comes back while the app Worker stays: nothing is lost, clients catch up", { timeout: 120_000 }, async () => {
    const workerd = app.workerds();
    client = new LunoraClient({ url: app.url });
    const seen = [];
    client.subscribe("counters:get", { name: "kept" }, { onData: (value) => seen.push(value) });
    assert.equal((await call("counters:add", { name: "kept", by: 1 })).json.result, 1);
    await until(() => seen.includes(1), "the first value");

    await backend.kill();
    // Killed, it could not take its entry back as one that ends does.
    rmSync(join(registry, "two-workers-backend"));
    const down = await call("counters:get", { name: "kept" });
    assert.ok(down.status >= 500, `${down.status} while the owner is away`);
    assert.equal((await fetch(`${app.url}/healthz`)).status, 200);

    await startBackend();
    const back = await until(async () => (await call("counters:add", { name: "kept", by: 1 })).json?.result, "an answer");
    assert.equal(back, 2);
    await until(() => seen.includes(2), "the value after the restart");
    assert.deepEqual(app.workerds(), workerd);
  });
});

/** Waits for something to be there, asking again and again. */
async function until(find, what) {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`no ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
