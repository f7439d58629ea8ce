import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import { root, startWorker } from "./harness.mjs";
import { rawJson } from "./raw-json.mjs";

const worker = startWorker();
const vectors = resolve(root, "worker-java/spi/src/test/resources/lunora/wire/vectors.json");
const fixtures = process.env.LUNORA_FIXTURES ?? resolve(root, "../shared/protocol/fixtures");

async function post(route, body) {
  const response = await worker.fetch(`/wire/${route}`, { method: "POST", body });
  return { status: response.status, text: await response.text() };
}

/** What the codec makes of a text is what the expected text is, written by the same writer. */
async function roundTrip(encoded, expected) {
  const made = await post("codec", encoded);
  assert.equal(made.status, 200, made.text);
  assert.deepEqual(made, await post("json", expected));
}

const checks = {
  async roundTrip(fields) {
    const encoded = fields.get("encoded").raw;
    await roundTrip(encoded, fields.get("reencoded")?.raw ?? encoded);
  },
  async rejection(fields) {
    assert.equal((await post("codec", fields.get("encoded").raw)).status, 422);
  },
  key: (input) => async (fields) => {
    const key = JSON.parse(fields.get("key").raw);
    assert.deepEqual(await post("key", fields.get(input).raw), { status: 200, text: key });
  },
  fixedPoint: (name) => async (fields) => roundTrip(fields.get(name).raw, fields.get(name).raw),
};

function each(file, path, check) {
  const name = [file.split("/").pop(), ...path].join(" ");
  test(name, { skip: existsSync(file) ? false : `protocol fixtures are absent: ${file}` }, async (t) => {
    let list = rawJson(readFileSync(file, "utf8"));
    for (const step of path) list = list.fields.get(step);
    assert.ok(list.items.length > 0);
    for (const { fields } of list.items) {
      await t.test(JSON.parse(fields.get("name").raw), () => check(fields));
    }
  });
}

each(vectors, ["cases"], checks.roundTrip);
each(vectors, ["rejected"], checks.rejection);
each(vectors, ["keys"], checks.key("encoded"));
each(`${fixtures}/wire-codec.json`, ["cases"], checks.roundTrip);
each(`${fixtures}/wire-codec.json`, ["rejected"], checks.rejection);
each(`${fixtures}/stable-wire-key.json`, ["cases"], checks.key("args"));
each(`${fixtures}/stable-wire-key.json`, ["typed"], checks.key("wireArgs"));
each(`${fixtures}/rpc.json`, ["request", "cases"], checks.fixedPoint("body"));
each(`${fixtures}/rpc.json`, ["responseOk"], checks.fixedPoint("response"));
each(`${fixtures}/rpc.json`, ["responseError"], checks.fixedPoint("response"));

test("negative zero and keys like numbers reach the Worker as they are written", async () => {
  assert.equal(rawJson('{"b": [-0, 1e2], "1": {}}').fields.get("b").items[0].raw, "-0");
  assert.deepEqual(await post("json", '{"b":1,"1":-0}'), { status: 200, text: '{"b":1,"1":0}' });
  assert.equal((await post("json", '{"b":')).status, 422);
});
