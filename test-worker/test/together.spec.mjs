// Writes that arrive together share a turn and a commit (docs/adr/0028): each still has its own outcome.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { servedApp } from "./support/harness.mjs";
import { LiveModel } from "./support/live-model.mjs";
import { refusal, unique } from "./support/rpc.mjs";

const app = servedApp();
const send = (path, args, headers) => app.rpc.send(path, args, headers);
const call = (path, args) => app.rpc.call(path, args);

/** So many calls at once, as of so many clients. */
const atOnce = (count, made) => Promise.all(Array.from({ length: count }, (_, n) => made(n)));

describe("calls made at once", () => {
  test("every write runs once and has the answer of its own run", async () => {
    const name = unique("sum");
    const values = await atOnce(200, () => call("counters:add", { name, by: 1 }));
    assert.deepEqual(values.toSorted((a, b) => a - b), Array.from({ length: 200 }, (_, n) => n + 1));
    assert.equal(await call("counters:get", { name }), 200);
  });

  test("one that throws, one refused and one of another kind change nothing for the others", async () => {
    const name = unique("mixed");
    const outcomes = await atOnce(120, async (n) => {
      switch (n % 6) {
        case 0:
          return refusal(await send("counters:addThenFail", { name, by: 1000 }), 409, "CONFLICT").code;
        case 1:
          return refusal(await send("counters:add", { name, by: "1" }), 400, "VALIDATION_ERROR").code;
        case 2:
          return refusal(await send("counters:nothing", { name }), 404, "FUNCTION_NOT_FOUND").code;
        case 3:
          return call("system:echo", { value: n });
        case 4:
          return call("system:fetchStatus", { path: "/" });
        default:
          return call("counters:add", { name, by: 1 });
      }
    });
    assert.ok(outcomes.every((outcome, n) => (n % 6 === 3 ? outcome === n : n % 6 === 4 ? outcome === 200 : true)));
    assert.equal(await call("counters:get", { name }), 20);
  });

  test("an id sent by many at once runs once; numbered writes run in their order", async () => {
    const name = unique("replayed");
    const headers = { "x-lunora-mutation-id": unique("m"), "x-lunora-client-id": unique("c") };
    const answers = await atOnce(30, () => send("counters:add", { name, by: 1 }, headers));
    assert.deepEqual([...new Set(answers.map(({ json }) => json.result))], [1]);
    assert.equal(await call("counters:get", { name }), 1);
  });

  test("who watches has the state of a fresh run at the end, without a repeated or lost row", async () => {
    const channel = unique("watched");
    const args = { channel, limit: 200 };
    const socket = await app.connect({ pageDelta: true });
    const model = new LiveModel(socket, (await socket.subscribe("messages:list", args)).id);
    const ids = await atOnce(60, (n) => call("messages:send", { channel, author: "ada", body: `m${n}` }));
    const rows = await call("messages:list", args);
    assert.deepEqual(rows.map((row) => row._id).toSorted(), ids.toSorted());
    await socket.until(() => isDeepStrictEqual(model.now(), rows), "the list as it is");
  });
});
