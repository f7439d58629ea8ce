import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeWire, encodeWire, stableKey, WireDecodeError } from "../dist/index.js";
import { fixture } from "./support/fixtures.mjs";
import { seededRandom } from "./support/random.mjs";

const TAG = "$lunora.wire$";

for (const { name, encoded, reencoded = encoded } of fixture("wire-codec.json")?.cases ?? []) {
  test(`fixture round trip: ${name}`, () => {
    assert.equal(JSON.stringify(encodeWire(decodeWire(encoded))), JSON.stringify(reencoded));
  });
}
for (const { name, encoded } of fixture("wire-codec.json")?.rejected ?? []) {
  test(`fixture rejected: ${name}`, () => assert.throws(() => decodeWire(encoded), WireDecodeError));
}
for (const { name, args, key } of fixture("stable-wire-key.json")?.cases ?? []) {
  test(`fixture key: ${name}`, () => assert.equal(stableKey(args), key));
}
for (const { name, wireArgs, key } of fixture("stable-wire-key.json")?.typed ?? []) {
  test(`fixture typed key: ${name}`, () => assert.equal(stableKey(decodeWire(wireArgs)), key));
}

test("each kind of value has its own tagged form", () => {
  const cases = [
    [7n, [TAG, "bigint", "7"]],
    [Number.NaN, [TAG, "nan"]],
    [Infinity, [TAG, "inf"]],
    [-Infinity, [TAG, "-inf"]],
    [undefined, [TAG, "undefined"]],
    [new Date(5), [TAG, "date", 5]],
    [new Date(Number.NaN), [TAG, "date", [TAG, "nan"]]],
    [new URL("https://a.example/b"), [TAG, "url", "https://a.example/b"]],
    [new Map([[1, new Set([2n])]]), [TAG, "map", [[1, [TAG, "set", [[TAG, "bigint", "2"]]]]]]],
    [new Uint8Array([1, 2, 3]), [TAG, "bytes", "AQID"]],
    [Buffer.from([1, 2, 3]), [TAG, "bytes", "AQID"]],
    [new Uint8Array([1, 2, 3]).buffer, [TAG, "bytes", "AQID", "ArrayBuffer"]],
    [new Float64Array([1]), [TAG, "bytes", "AAAAAAAA8D8=", "Float64Array"]],
    [[TAG, "bigint", "7"], [TAG, "arr", [TAG, "bigint", "7"]]],
    [[TAG], [TAG, "arr", [TAG]]],
    [{ a: undefined, b: null }, { b: null }],
    [[1, , 2], [1, [TAG, "undefined"], 2]], // eslint-disable-line no-sparse-arrays
  ];
  for (const [value, wire] of cases) {
    assert.deepEqual(encodeWire(value), wire);
    assert.deepEqual(JSON.parse(JSON.stringify(encodeWire(decodeWire(wire)))), wire);
  }
});

test("errors keep name, message, own fields and cause, but no stack", () => {
  const error = new TypeError("bad", { cause: null });
  error.code = "E";
  error.skipped = undefined;
  assert.deepEqual(encodeWire(error), [TAG, "error", "TypeError", "bad", { code: "E" }, null]);
  const back = decodeWire(encodeWire(error));
  assert.ok(back instanceof TypeError);
  assert.equal(back.code, "E");
  assert.equal(back.cause, null);
  const named = decodeWire([TAG, "error", "Custom", "m", {}]);
  assert.equal(named.name, "Custom");
  assert.deepEqual(Object.keys(named), []);
});

test("typed arrays are sent by their own window of the buffer", () => {
  const window = new Int16Array(new Int16Array([1, 2, 3, 4]).buffer, 2, 2);
  assert.deepEqual(decodeWire(encodeWire(window)), new Int16Array([2, 3]));
});

test("what has no wire form is refused", () => {
  class Point {}
  for (const value of [() => 1, Symbol("s"), new Point(), /x/, new DataView(new ArrayBuffer(1)), new WeakMap()]) {
    assert.throws(() => encodeWire({ value }), TypeError);
  }
  assert.deepEqual(encodeWire(Object.assign(Object.create(null), { a: 1 })), { a: 1 });
});

const nested = (levels) => Array.from({ length: levels }).reduce((inner) => [inner], 0);

test("nesting stops at 64 levels both ways, which also ends a cycle", () => {
  assert.deepEqual(decodeWire(encodeWire(nested(64))), nested(64));
  assert.throws(() => encodeWire(nested(65)), RangeError);
  assert.throws(() => decodeWire(nested(65)), WireDecodeError);
  const cycle = {};
  cycle.self = cycle;
  assert.throws(() => encodeWire(cycle), RangeError);
});

test("__proto__ is data and pollutes nothing", () => {
  const wire = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}');
  const value = decodeWire(wire);
  assert.equal(value.polluted, undefined);
  assert.equal({}.polluted, undefined);
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
  assert.equal(JSON.stringify(encodeWire(value)), JSON.stringify(wire));
  assert.deepEqual(decodeWire([TAG, "constructor", 1]), [TAG, "constructor", 1]);
  assert.deepEqual(decodeWire([TAG, "__proto__"]), [TAG, "__proto__"]);
});

test("malformed tagged values are refused", () => {
  const refused = [
    ["bigint", "+1"], ["bigint", "0x1"], ["bigint", "1 "], ["bigint", 1], ["bigint", "9".repeat(1025)],
    ["date", null], ["date", "1"], ["url", ""], ["url", "//host/x"], ["bytes", "AB=="], ["bytes", "A=="],
    ["map", [["k"]]], ["set"], ["error", "E", "m", null],
  ];
  for (const payload of refused) assert.throws(() => decodeWire([TAG, ...payload]), WireDecodeError, payload.join());
  assert.equal(decodeWire([TAG, "bigint", "9".repeat(1024)]), BigInt("9".repeat(1024)));
});

test("the key ignores field order and keeps negative zero apart", () => {
  assert.equal(stableKey({ b: [1, { d: -0, c: 1e21 }], a: 1e-7 }), '{"a":1e-7,"b":[1,{"c":1e+21,"d":-0}]}');
  assert.equal(stableKey({ z: 1, "😀": 2, "\ue000": 3 }), '{"z":1,"😀":2,"\ue000":3}');
  assert.notEqual(stableKey({ a: 1n }), stableKey({ a: 1 }));
});

test("random values survive a round trip and have one key", () => {
  const random = seededRandom("wire round trip");
  const below = (bound) => Math.floor(random() * bound);
  const scalars = [
    () => null, () => undefined, () => random() < 0.5, () => below(2 ** 31) - 2 ** 30, () => random() * 1e300,
    () => Number.NaN, () => -Infinity, () => BigInt(below(2 ** 31)) ** 5n, () => String.fromCharCode(below(0xd800)),
    () => TAG, () => new Date(below(2 ** 31)), () => new Uint8Array(Array.from({ length: below(9) }, () => below(256))),
  ];
  const make = (depth) => {
    const kind = depth > 4 ? 9 : below(9);
    const list = () => Array.from({ length: below(4) }, () => make(depth + 1));
    if (kind === 0) return list();
    if (kind === 1) return [TAG, ...list()];
    if (kind === 2) return new Set(list());
    if (kind === 3) return new Map(list().map((item, index) => [`k${index}`, item]));
    if (kind <= 5) return Object.fromEntries(list().map((item, index) => [`f${index}`, item ?? 0]));
    return scalars[below(scalars.length)]();
  };
  for (let round = 0; round < 2000; round++) {
    const value = make(0);
    const back = decodeWire(JSON.parse(JSON.stringify(encodeWire(value))));
    assert.deepEqual(back, value);
    assert.equal(stableKey(back), stableKey(value));
  }
});
