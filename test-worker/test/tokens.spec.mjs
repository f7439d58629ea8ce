// Tokens of an identity provider: its published keys, their rotation, and what is no token of its.
import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import { once } from "node:events";
import { after, describe, test } from "node:test";
import { servedWorker } from "./support/edge-worker.mjs";
import { LiveSocket } from "./support/live-socket.mjs";
import { refusal } from "./support/rpc.mjs";

const keyPair = (kid, alg) => {
  const [type, options] = { RS256: ["rsa", { modulusLength: 2048 }], ES256: ["ec", { namedCurve: "P-256" }], EdDSA: ["ed25519", {}] }[alg];
  const { publicKey, privateKey } = generateKeyPairSync(type, options);
  return { kid, alg, privateKey, jwk: { ...publicKey.export({ format: "jwk" }), kid, alg, use: "sig" } };
};

const keys = ["RS256", "ES256", "EdDSA"].map((alg) => keyPair(`key-${alg}`, alg));
let published = keys;
let fetches = 0;
const provider = createServer((request, response) => {
  fetches += 1;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ keys: published.map(({ jwk }) => jwk) }));
}).listen(0, "127.0.0.1");
await once(provider, "listening");
after(() => provider.close());

const worker = servedWorker("tokens.ts", { vars: { KEYS_URL: `http://127.0.0.1:${provider.address().port}/keys` } });

const encoded = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
function token({ kid, alg, privateKey }, claims = {}, header = { alg, kid }) {
  const exp = Math.floor(Date.now() / 1000) + 60;
  const signed = `${encoded(header)}.${encoded({ iss: "https://provider.test", aud: ["app"], sub: "ann", exp, ...claims })}`;
  const key = alg === "ES256" ? { key: privateKey, dsaEncoding: "ieee-p1363" } : privateKey;
  return `${signed}.${sign(alg === "EdDSA" ? null : "sha256", Buffer.from(signed), key).toString("base64url")}`;
}
const whoami = (text, more) => worker.call("system:whoami", { headers: { authorization: `Bearer ${text}` }, ...more });

for (const key of keys) {
  describe(key.alg, () => {
    test("a token of the provider names its user", async () => {
      const answer = await whoami(token(key, { role: "admin" }));
      assert.deepEqual(answer.json, { result: { userId: "ann", role: "admin" } }, answer.text);
    });

    test("what is none of its is refused", async () => {
      const good = token(key);
      const [header, body, code] = good.split(".");
      const bytes = Buffer.from(code, "base64url");
      bytes[5] ^= 1;
      const bad = [
        `${header}.${body}.${bytes.toString("base64url")}`,
        `${header}.${body}.`,
        `${header}.${encoded({ iss: "https://provider.test", aud: "app", sub: "bob", exp: 4e9 })}.${code}`,
        token(keyPair(key.kid, key.alg)),
        token(key, { aud: "other" }),
        token(key, { iss: "https://evil.test" }),
        token(key, { nbf: Math.floor(Date.now() / 1000) + 300 }),
        token(key, {}, { alg: "none", kid: key.kid }),
        token(key, {}, { alg: "HS256", kid: key.kid }),
        token(key, {}, { alg: key.alg, kid: "no-such-key" }),
      ];
      for (const each of bad) refusal(await whoami(each), 401, "UNAUTHENTICATED");
      refusal(await whoami(token(key, { exp: Math.floor(Date.now() / 1000) - 60 })), 401, "TOKEN_EXPIRED");
    });
  });
}

test("the keys are fetched once and not for every token, however slow this machine is", () => assert.ok(fetches <= 3, `${fetches} fetches`));

test("the identity reaches the app's gate, over calls and sockets", async () => {
  const admin = token(keys[0], { role: "admin" });
  assert.equal((await whoami(admin, { shardKey: "room" })).status, 200);
  refusal(await whoami(token(keys[0]), { shardKey: "room" }), 403, "FORBIDDEN_SHARD");
  const socket = await LiveSocket.open(worker.url, `?shard=room&token=${admin}`);
  socket.send({ type: "connect", id: "connect" });
  assert.equal((await socket.subscribe("system:whoami")).first.data.role, "admin");
  socket.close();
});

test("a new key is not known before the provider may be asked again, and the old ones stay good", async () => {
  published = [...keys, keyPair("fresh", "EdDSA")];
  const before = fetches;
  const answer = await whoami(token(published.at(-1)));
  if (fetches === before) refusal(answer, 401, "UNAUTHENTICATED");
  else assert.equal(answer.status, 200, answer.text);
  assert.equal((await whoami(token(keys[2]))).status, 200);
});
