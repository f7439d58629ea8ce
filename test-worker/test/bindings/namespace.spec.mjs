import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();

test("ids are named, unique, read back and compared", async () => {
  assert.deepEqual(await worker.json("/namespace/ids"), {
    name: "ids é",
    digits: 64,
    equal: true,
    sameHash: true,
    uniqueName: null,
    different: true,
    stubName: "ids é",
    stubId: true,
    uniqueStubName: null,
  });
});

test("a name, its id, a unique id and a hint reach their objects", async () => {
  const answer = await worker.json("/namespace/calls?name=calls");
  assert.deepEqual(answer.byName, answer.byId);
  assert.equal(answer.byName.name, "calls");
  assert.deepEqual(answer.unique, { id: answer.uniqueId, name: null });
  assert.deepEqual(answer.hintedId, answer.unique);
  assert.equal(answer.hinted.name, "calls-hint");
});

test("every location hint is taken; workerd refuses every jurisdiction and a wrong id", async () => {
  const answer = await worker.json("/namespace/refused");
  for (const [name, refusal] of Object.entries(answer)) {
    if (name.startsWith("hint ")) assert.equal(refusal, "none", name);
    if (/^(unique|scope) /.test(name)) {
      assert.equal(refusal, "JsException: Error: Jurisdiction restrictions are not implemented in workerd.", name);
    }
  }
  assert.equal(Object.keys(answer).length, 11 + 2 * 4 + 2);
  assert.match(answer.noId, /must be 64 hex digits/);
  assert.match(answer.foreignId, /not valid for this namespace/);
});
