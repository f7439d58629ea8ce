// Row policies of global tables: a setting is its owner's alone, over calls and live queries.
import assert from "node:assert/strict";
import { test } from "node:test";
import { secret } from "../tools/token.mjs";
import { servedApp } from "./support/harness.mjs";
import { refusal, unique } from "./support/rpc.mjs";
import { bearer, inUrl } from "./support/tokens.mjs";

secret();
const app = servedApp();

/** Calls with the bookmark of the last answer: who wrote reads what was written. */
function as(user) {
  let bookmark;
  return async (functionPath, args = {}) => {
    const headers = { ...bearer(user), ...(bookmark && { "x-d1-bookmark": bookmark }) };
    const response = await app.rpc.post(JSON.stringify({ functionPath, args }), headers);
    bookmark = response.headers.get("x-d1-bookmark") ?? bookmark;
    assert.equal(response.status, 200, response.text);
    return JSON.parse(response.text).result;
  };
}
const fails = async (user, status, code, functionPath, args) =>
  refusal(await app.rpc.send(functionPath, args, user && bearer(user)), status, code);
const values = (rows) => rows.map(({ value }) => value);

test("who is not signed in is refused", async () => {
  for (const [path, args] of [["settings:list"], ["settings:put", { name: "x", value: "x" }], ["settings:get", { id: "x" }], ["settings:remove", { id: "x" }]]) {
    await fails(undefined, 401, "UNAUTHENTICATED", path, args);
  }
  const socket = await app.connect();
  const id = socket.newId();
  socket.send({ type: "subscribe", id, query: { functionPath: "settings:list" } });
  const error = await socket.frame((frame) => frame.id === id && frame.type === "error", "a refusal");
  assert.equal(error.code, "UNAUTHENTICATED");
});

test("a user sees and changes their own, and what is not theirs is not there", async () => {
  const [ann, bob] = [unique("ann"), unique("bob")];
  const [anns, bobs] = [as(ann), as(bob)];
  const id = await anns("settings:put", { name: "theme", value: "dark" });
  await bobs("settings:put", { name: "theme", value: "light" });
  assert.deepEqual(values(await anns("settings:list")), ["dark"]);
  assert.deepEqual(values(await bobs("settings:list")), ["light"]);
  assert.equal((await anns("settings:get", { id })).value, "dark");
  assert.equal(await bobs("settings:get", { id }), null);
  await fails(bob, 404, "NOT_FOUND", "settings:remove", { id });
  await fails(bob, 404, "NOT_FOUND", "settings:give", { id, owner: bob });
  await fails(ann, 403, "FORBIDDEN", "settings:give", { id, owner: bob });
  assert.equal(await anns("settings:put", { name: "theme", value: "sepia" }), id);
  assert.deepEqual(values(await anns("settings:list")), ["sepia"]);
  assert.deepEqual(values(await bobs("settings:list")), ["light"]);
  await anns("settings:remove", { id });
  assert.deepEqual(await anns("settings:list"), []);
});

test("a mutation sent again by somebody else under the same id is not answered with the first one's answer", async () => {
  const [ann, bob] = [unique("ann"), unique("bob")];
  const headers = (user) => ({ ...bearer(user), "x-lunora-mutation-id": "settings-1", "x-lunora-client-id": "settings-spec" });
  const put = (user, value) => app.rpc.call("settings:put", { name: "same", value }, headers(user));
  const ids = [await put(ann, "ann's"), await put(bob, "bob's"), await put(ann, "ann's")];
  assert.notEqual(ids[0], ids[1]);
  assert.equal(ids[0], ids[2]);
});

test("a live query is told of its user's rows only, also after sleep", async () => {
  const [ann, bob] = [unique("ann"), unique("bob")];
  const anns = await app.connectTo(inUrl(ann));
  const bobs = await app.connectTo(inUrl(bob));
  const lists = [await anns.subscribe("settings:list"), await bobs.subscribe("settings:list")];
  assert.deepEqual(lists.map(({ first }) => first.data), [[], []]);
  await as(ann)("settings:put", { name: "secret", value: "psst" });
  await anns.frame((frame) => frame.id === lists[0].id && frame.data?.[0]?.value === "psst", "ann's setting");
  await app.evict("hibernate");
  await as(bob)("settings:put", { name: "secret", value: "bob's" });
  await bobs.frame((frame) => frame.id === lists[1].id && frame.data?.[0]?.value === "bob's", "bob's setting");
  await as(ann)("settings:put", { name: "secret", value: "psst again" });
  await anns.frame((frame) => frame.id === lists[0].id && frame.data?.[0]?.value === "psst again", "ann's setting, changed");
  assert.ok(!JSON.stringify(bobs.frames).includes("psst"));
  assert.ok(!JSON.stringify(anns.frames).includes("bob's"));
});
