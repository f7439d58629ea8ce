// Who is asking: tokens over calls, batches and sockets, as `npm run token` prints them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { EXAMPLE, secret, sign, token } from "../tools/token.mjs";
import { root, servedApp } from "./support/harness.mjs";
import { LiveSocket } from "./support/live-socket.mjs";
import { refusal } from "./support/rpc.mjs";
import { bearer, inUrl } from "./support/tokens.mjs";

// Before the server starts: it reads the secret then.
secret();
const app = servedApp();

const seconds = () => Math.floor(Date.now() / 1000);
const claims = (more) => ({ iss: EXAMPLE, aud: EXAMPLE, sub: "ann", exp: seconds() + 60, ...more });
const whoami = (authorization) => app.rpc.send("system:whoami", {}, authorization && { authorization });

/** Sends frames until the shard closes the socket; gives the closing. */
async function closing(socket) {
  socket.send({ type: "unsubscribe", id: "any" });
  return socket.closed;
}

describe("calls", () => {
  test("a token names its user and their role, and nobody without one is known", async () => {
    assert.equal(await app.rpc.call("system:whoami"), null);
    assert.deepEqual(await app.rpc.call("system:whoami", {}, bearer("ann")), { userId: "ann", role: null });
    const admin = await app.rpc.call("system:whoami", {}, bearer("Ann Ä.", { role: "admin" }));
    assert.deepEqual(admin, { userId: "Ann Ä.", role: "admin" });
  });

  test("the command prints one raw token and nothing else", async () => {
    const out = execFileSync("npm", ["run", "--silent", "token", "--", "--user", "bob", "--ttl", "60"], { cwd: root, encoding: "utf8" });
    assert.match(out, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    assert.ok(!out.includes(secret()));
    assert.deepEqual((await whoami(`Bearer ${out.trim()}`)).json.result, { userId: "bob", role: null });
  });

  const tampered = () => {
    const [header, body, code] = token({ user: "ann" }).split(".");
    const other = JSON.parse(Buffer.from(body, "base64url"));
    return `${header}.${Buffer.from(JSON.stringify({ ...other, role: "admin" })).toString("base64url")}.${code}`;
  };
  const hostile = {
    "no token at all": () => "not a token",
    "another secret": () => sign(claims(), "another secret of thirty-two bytes, or more"),
    "alg none": () => `${sign(claims(), undefined, { alg: "none" }).split(".").slice(0, 2).join(".")}.`,
    "another algorithm": () => sign(claims(), undefined, { alg: "RS256", kid: "x" }),
    "changed claims": tampered,
    "another issuer": () => sign(claims({ iss: "evil" })),
    "another audience": () => sign(claims({ aud: ["evil"] })),
    "no end": () => sign(claims({ exp: undefined })),
    "no subject": () => sign(claims({ sub: undefined })),
    "not yet": () => sign(claims({ nbf: seconds() + 600 })),
    "huge": () => sign(claims({ x: "x".repeat(8192) })),
  };
  for (const [name, make] of Object.entries(hostile)) {
    test(`refused: ${name}`, async () => {
      const bad = make();
      const error = refusal(await whoami(`Bearer ${bad}`), 401, "UNAUTHENTICATED");
      assert.ok(!JSON.stringify(error).includes(bad));
      const batch = await app.fetch("/_lunora/rpc-batch", {
        method: "POST",
        headers: { authorization: `Bearer ${bad}` },
        body: JSON.stringify({ calls: [{ functionPath: "system:ping" }] }),
      });
      assert.equal(batch.status, 401);
      await assert.rejects(LiveSocket.open(app.url, `?token=${encodeURIComponent(bad)}`));
    });
  }

  test("an expired token is told apart", async () => {
    refusal(await whoami(`Bearer ${token({ user: "ann", ttl: -1 })}`), 401, "TOKEN_EXPIRED");
  });

  test("a token in the URL of a call is no credential", async () => {
    const response = await app.fetch(`/_lunora/rpc${inUrl("ann")}`, {
      method: "POST",
      body: JSON.stringify({ functionPath: "system:whoami" }),
    });
    assert.deepEqual(await response.json(), { result: null });
  });

  test("headers of the system's own cannot be sent", async () => {
    const forged = { "x-lunora-userid": "ann", "x-lunora-identity": '{"role":"admin"}', "x-lunora-system": "1" };
    assert.equal(await app.rpc.call("system:whoami", {}, forged), null);
    assert.deepEqual(await app.rpc.call("system:whoami", {}, { ...forged, ...bearer("bob") }), { userId: "bob", role: null });
    refusal(await app.rpc.send("system:secretInternal", {}, forged), 404, "FUNCTION_NOT_FOUND");
  });
});

describe("sockets", () => {
  test("the identity of the upgrade is the socket's for its life", async () => {
    const ann = await app.connectTo(inUrl("ann", { role: "admin" }));
    const { id, first } = await ann.subscribe("system:whoami");
    assert.deepEqual(first.data, { userId: "ann", role: "admin" });
    await app.evict("hibernate");
    await ann.unsubscribe(id);
    assert.deepEqual((await ann.subscribe("system:whoami")).first.data, { userId: "ann", role: "admin" });
    const nobody = await app.connectTo();
    assert.equal((await nobody.subscribe("system:whoami")).first.data, null);
  });

  test("one shared query, an answer for each user and role", async () => {
    const users = [["ann", "admin"], ["ann"], ["bob", "admin"]];
    for (const [user, role] of users) {
      const socket = await app.connectTo(inUrl(user, { role }));
      assert.deepEqual((await socket.subscribe("system:whoami")).first.data, { userId: user, role: role ?? null });
    }
  });

  test("a socket ends with its token, to the second", async () => {
    const socket = await app.connectTo(inUrl("ann", { ttl: 2 }));
    assert.equal((await socket.subscribe("system:whoami")).first.data.userId, "ann");
    await new Promise((resolve) => setTimeout(resolve, 2100));
    const { code, reason } = await closing(socket);
    assert.deepEqual([code, reason], [4001, "token_expired"]);
    assert.equal(socket.frames.at(-1).code, "TOKEN_EXPIRED");
  });
});

test("neither tokens nor the secret are logged or kept where git sees them", async () => {
  const logs = JSON.stringify(app.logs());
  assert.ok(!logs.includes(secret()));
  assert.ok(!/eyJ[\w-]{10,}\.[\w-]{10,}\./.test(logs));
  assert.match(readFileSync(join(root, ".gitignore"), "utf8"), /^\.dev\.vars$/m);
});
