// Row policies: a note is its owner's alone, over calls, live queries and shapes.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { secret } from "../tools/token.mjs";
import { servedApp } from "./support/harness.mjs";
import { refusal, unique } from "./support/rpc.mjs";
import { ShapeModel } from "./support/shape-model.mjs";
import { bearer, inUrl } from "./support/tokens.mjs";

secret();
const app = servedApp();

const as = (user) => (functionPath, args) => app.rpc.call(functionPath, args, bearer(user));
const fails = async (user, status, code, functionPath, args) =>
  refusal(await app.rpc.send(functionPath, args, user && bearer(user)), status, code);
const texts = (rows) => rows.map(({ text }) => text);

test("who is not signed in is refused", async () => {
  for (const [path, args] of [["notes:mine"], ["notes:count"], ["notes:add", { text: "x" }], ["notes:get", { id: "x" }], ["notes:edit", { id: "x", text: "x" }], ["notes:remove", { id: "x" }]]) {
    await fails(undefined, 401, "UNAUTHENTICATED", path, args);
  }
  const socket = await app.connect();
  const id = socket.newId();
  socket.send({ type: "subscribe", id, query: { functionPath: "notes:count" } });
  const error = await socket.frame((frame) => frame.id === id && frame.type === "error", "a refusal");
  assert.equal(error.code, "UNAUTHENTICATED");
  socket.send({ type: "shape_subscribe", id: "s", shape: { name: "myNotes", args: {} } });
  assert.equal((await socket.frame((frame) => frame.id === "s", "a refusal")).code, "UNAUTHENTICATED");
});

describe("calls", () => {
  test("a user sees their own", async () => {
    const [ann, bob] = [unique("ann"), unique("bob")];
    const id = await as(ann)("notes:add", { text: "one" });
    await as(ann)("notes:add", { text: "two" });
    await as(bob)("notes:add", { text: "bob's" });
    const mine = await as(ann)("notes:mine");
    assert.deepEqual(texts(mine), ["two", "one"]);
    assert.deepEqual(Object.keys(mine[0]), ["_id", "_creationTime", "owner", "text", "words"]);
    assert.deepEqual([await as(ann)("notes:count"), await as(bob)("notes:count"), await as(unique("new"))("notes:count")], [2, 1, 0]);
    assert.equal((await as(ann)("notes:get", { id })).text, "one");
    assert.equal(await as(bob)("notes:get", { id }), null);
  });

  test("a user changes their own, and what is not theirs is not there", async () => {
    const [ann, bob] = [unique("ann"), unique("bob")];
    const id = await as(ann)("notes:add", { text: "one" });
    await fails(bob, 404, "NOT_FOUND", "notes:edit", { id, text: "stolen" });
    await fails(bob, 404, "NOT_FOUND", "notes:remove", { id });
    await fails(bob, 404, "NOT_FOUND", "notes:give", { id, owner: bob });
    await fails(ann, 403, "FORBIDDEN", "notes:give", { id, owner: bob });
    assert.deepEqual(texts(await as(ann)("notes:mine")), ["one"]);
    await as(ann)("notes:edit", { id, text: "changed" });
    assert.deepEqual(texts(await as(ann)("notes:mine")), ["changed"]);
    await as(ann)("notes:remove", { id });
    assert.equal(await as(ann)("notes:count"), 0);
  });

  test("an answer that is kept is nobody else's", async () => {
    const [ann, bob] = [unique("ann"), unique("bob")];
    await as(ann)("notes:add", { text: "one" });
    for (let i = 0; i < 3; i++) {
      assert.equal(await as(ann)("notes:count"), 1);
      assert.equal(await as(bob)("notes:count"), 0);
      await fails(undefined, 401, "UNAUTHENTICATED", "notes:count");
    }
  });
});

describe("sockets", () => {
  test("a live query is told of its user's rows only, also after sleep", async () => {
    const [ann, bob] = [unique("ann"), unique("bob")];
    const [anns, bobs] = [await app.connectTo(inUrl(ann)), await app.connectTo(inUrl(bob))];
    const [list, count] = [await anns.subscribe("notes:mine"), await bobs.subscribe("notes:count")];
    assert.deepEqual([list.first.data, count.first.data], [[], 0]);
    await as(ann)("notes:add", { text: "psst" });
    await anns.frame((frame) => frame.id === list.id && frame.data?.[0]?.text === "psst", "ann's note");
    await app.evict("hibernate");
    await as(ann)("notes:add", { text: "again" });
    await anns.frame((frame) => frame.id === list.id && frame.data?.[0]?.text === "again", "ann's note");
    await as(bob)("notes:add", { text: "bob's" });
    await bobs.frame((frame) => frame.id === count.id && frame.data === 1, "bob's count");
    assert.deepEqual(bobs.of(count.id).filter(({ type }) => type === "data").map(({ data }) => data), [0, 1]);
    assert.ok(!JSON.stringify(bobs.frames).includes("psst"));
    assert.ok(!JSON.stringify(anns.frames).includes("bob's"));
  });

  test("a shape is told of its user's rows only", async () => {
    const [ann, bob] = [unique("ann"), unique("bob")];
    const id = await as(ann)("notes:add", { text: "before" });
    await as(bob)("notes:add", { text: "bob's first" });
    const copy = new ShapeModel(await app.connectTo(inUrl(ann)), "notes_ann", "notes");
    assert.deepEqual(texts(await copy.subscribe("myNotes", {})), ["before"]);
    const theirs = await as(bob)("notes:add", { text: "bob's second" });
    await as(bob)("notes:edit", { id: theirs, text: "bob's third" });
    await as(ann)("notes:edit", { id, text: "after" });
    assert.deepEqual(texts(await copy.after(2)), ["after"]);
    await as(bob)("notes:remove", { id: theirs });
    await as(ann)("notes:remove", { id });
    assert.deepEqual(await copy.after(3), []);
    assert.equal(copy.parts.length, 3);
    assert.ok(!JSON.stringify(copy.parts).includes(theirs));
  });
});
