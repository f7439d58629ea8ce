import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "./support/fake-clock.mjs";
import { fixture } from "./support/fixtures.mjs";
import { ack, harness } from "./support/harness.mjs";

async function world() {
  const h = harness();
  const shape = (name = "roomMessages", args = { room: "general" }) => {
    const seen = { rows: [], errors: [] };
    seen.stop = h.client.subscribeShape(name, args, { onRows: (rows) => seen.rows.push(rows), onError: (error) => seen.errors.push(error.code) });
    return seen;
  };
  const seen = shape();
  await settle();
  await h.network.last().open();
  const asked = () => h.network.last().sent.filter((frame) => frame.type === "shape_subscribe");
  return { ...h, seen, shape, asked, socket: h.network.last() };
}

let pokes = 0;
/** The frames of one poke: `parts` maps shape id to row ops. */
function poke(checkpoint, parts, { epoch = "e1", ...extra } = {}) {
  const pokeId = `poke-${++pokes}`;
  return [
    { type: "pokeStart", pokeId, epoch },
    ...Object.entries(parts).map(([shapeId, rowsPatch]) => ({ type: "pokePart", pokeId, shapeId, rowsPatch, ...extra })),
    { type: "pokeEnd", pokeId, checkpoint, epoch },
  ];
}
const put = (key, value = { _id: key }, op = "insert") => ({ op, key, table: "t", value });
const gone = (key) => ({ op: "delete", key, table: "t" });

const golden = fixture("ws-frames.json")?.shape;
if (golden !== undefined) {
  test("fixture: shape frames", async () => {
    const { seen, asked, socket } = await world();
    assert.deepEqual(asked()[0], golden["shape-subscribe-cold"]);
    await socket.receive(...golden.pokeSequence, ack("shape_1"));
    assert.deepEqual(seen.rows.at(-1), golden.expectedRows);
    await socket.receive(...golden.resetPokeSequence);
    assert.deepEqual(seen.rows.at(-1), golden.resetExpectedRows);
    assert.equal(seen.rows.length, 2);
  });
}

test("rows are shown when the poke ends, for every shape in it together", async () => {
  const { seen, shape, socket } = await world();
  const other = shape("counts", {});
  const [start, first, second, end] = poke(3, { shape_1: [put("a", { at: ["$lunora.wire$", "bigint", "1"] })], shape_2: [put("n")] }, { reset: true });
  await socket.receive(start, first, second);
  assert.deepEqual([seen.rows, other.rows], [[], []]);
  await socket.receive(end);
  assert.deepEqual([seen.rows, other.rows], [[[{ at: 1n }]], [[{ _id: "n" }]]]);
  await socket.receive(...poke(4, { shape_1: [put("b"), put("a", { _id: "a", n: 2 }, "update")] }), ...poke(5, { shape_1: [gone("b"), gone("never")] }));
  assert.deepEqual(seen.rows.slice(1), [[{ _id: "a", n: 2 }, { _id: "b" }], [{ _id: "a", n: 2 }]]);
});

test("a whole shape may come in several parts, also in place of one of another timeline", async () => {
  const { seen, socket } = await world();
  const split = (checkpoint, epoch, ...patches) => {
    const [start, , end] = poke(checkpoint, { shape_1: [] }, { epoch });
    const parts = patches.map((rowsPatch, n) => ({ type: "pokePart", pokeId: start.pokeId, shapeId: "shape_1", rowsPatch, ...(n === 0 && { reset: true }) }));
    return [start, ...parts, end];
  };
  await socket.receive(...split(1, "e1", [put("a")], [put("b")], [put("c")]));
  assert.deepEqual(seen.rows, [[{ _id: "a" }, { _id: "b" }, { _id: "c" }]]);
  await socket.receive(...split(1, "e2", [put("d")], [put("e")]));
  assert.deepEqual(seen.rows.slice(1), [[{ _id: "d" }, { _id: "e" }]]);
});

test("an empty seed is a result; equal shapes share one; a late follower hears the rows", async () => {
  const { seen, shape, asked, socket } = await world();
  await socket.receive(...poke(1, { shape_1: [] }, { reset: true }), ack("shape_1"));
  assert.deepEqual(seen.rows, [[]]);
  const late = shape();
  await settle();
  assert.deepEqual([late.rows, asked().length], [[[]], 1]);
  seen.stop();
  seen.stop();
  assert.equal(socket.sent.at(-1).type, "shape_subscribe");
  late.stop();
  assert.deepEqual(socket.sent.at(-1), { type: "shape_unsubscribe", id: "shape_1" });
});

test("after a loss it resumes by checkpoint and epoch; an unfinished poke is forgotten", async () => {
  const { clock, network, seen, asked, socket } = await world();
  await socket.receive(...poke(5, { shape_1: [put("a")] }, { reset: true }), ack("shape_1"));
  const [start, part, end] = poke(6, { shape_1: [put("b")] });
  await socket.receive(start, part);
  await socket.drop();
  await clock.advance(1000);
  await network.last().open();
  assert.deepEqual([asked()[0].sinceCheckpoint, asked()[0].sinceEpoch], [5, "e1"]);
  await network.last().receive(end, ...poke(7, { shape_1: [put("c")] }, { baseCheckpoint: 5 }), ack("shape_1"));
  assert.deepEqual(seen.rows.at(-1), [{ _id: "a" }, { _id: "c" }]);
});

test("a missed poke, or another epoch, starts the shape over; nothing is applied until then", async () => {
  for (const broken of [poke(9, { shape_1: [put("c")] }, { baseCheckpoint: 8 }), poke(2, { shape_1: [put("c")] }, { epoch: "e2" })]) {
    const { seen, asked, socket } = await world();
    await socket.receive(...poke(5, { shape_1: [put("a")] }, { reset: true }), ack("shape_1"), ...broken);
    assert.equal(asked().length, 2);
    assert.equal("sinceCheckpoint" in asked()[1], false);
    await socket.receive(...poke(10, { shape_1: [put("x")] }, { baseCheckpoint: 9 }));
    assert.deepEqual(seen.rows, [[{ _id: "a" }]]);
    await socket.receive(...poke(11, { shape_1: [put("z")] }, { reset: true, epoch: "e3" }), ack("shape_1"));
    assert.deepEqual(seen.rows.at(-1), [{ _id: "z" }]);
    assert.equal(asked().length, 2);
  }
});

test("a poke with one undecodable row is refused whole", async () => {
  for (const bad of [put("b", ["$lunora.wire$", "set"]), { op: "insert" }, { op: "warp", key: "k" }]) {
    const { clock, network, seen, shape, asked, socket } = await world();
    const other = shape("other", {});
    await socket.receive(...poke(1, { shape_1: [put("a")], shape_2: [put("o")] }, { reset: true }), ack("shape_1"), ack("shape_2"));
    await socket.receive(...poke(2, { shape_2: [put("p")], shape_1: [bad] }));
    assert.deepEqual([seen.rows.length, other.rows.length], [1, 1]);
    assert.deepEqual([seen.errors, other.errors], [["WIRE_DECODE_FAILED"], ["WIRE_DECODE_FAILED"]]);
    await socket.drop();
    await clock.advance(1000);
    await network.last().open();
    assert.deepEqual(asked().map((frame) => "sinceCheckpoint" in frame), [false, false]);
  }
});

test("an error reaches onError; a new follower tries again", async () => {
  const { seen, shape, asked, socket } = await world();
  await socket.receive({ type: "error", id: "shape_1", error: { code: "SHAPE_NOT_FOUND", message: "no" } });
  assert.deepEqual(seen.errors, ["SHAPE_NOT_FOUND"]);
  shape();
  assert.equal(asked().length, 2);
});

test("buffers are bounded: of too many open pokes the oldest is dropped, with its shapes", async () => {
  const { seen, socket } = await world();
  await socket.receive(...poke(1, { shape_1: [put("a")] }, { reset: true }), ack("shape_1"));
  const [start, part, end] = poke(2, { shape_1: [put("b")] });
  await socket.receive(start, part);
  for (let n = 0; n < 64; n++) await socket.receive({ type: "pokeStart", pokeId: `flood-${n}` });
  await socket.receive(end);
  assert.deepEqual([seen.rows.length, seen.errors], [1, ["PAYLOAD_TOO_LARGE"]]);
});

test("strange poke frames are ignored", async () => {
  const { seen, socket } = await world();
  await socket.receive({ type: "pokeStart" }, { type: "pokePart", pokeId: "x", shapeId: "shape_1", rowsPatch: [] }, { type: "pokeEnd", pokeId: "x", checkpoint: 1 });
  await socket.receive({ type: "pokeStart", pokeId: "y" }, { type: "pokePart", pokeId: "y", shapeId: 1, rowsPatch: [] }, { type: "pokePart", pokeId: "y", shapeId: "shape_1" }, { type: "pokeEnd", pokeId: "y" });
  assert.deepEqual([seen.rows, seen.errors], [[], []]);
});
