// Bodies of calls that are large, deep or odd (protocol sections 2 and 3): read whole and given back, or refused.
import assert from "node:assert/strict";
import { after, afterEach, describe, test } from "node:test";
import { servedApp } from "./support/harness.mjs";
import { refusal, unique } from "./support/rpc.mjs";

const MIB = 1_048_576;
const TAG = "$lunora.wire$";
const app = servedApp();

// Whatever a test sent: the next request works, and no object has got a new property.
afterEach(async () => {
  assert.equal(await app.rpc.call("system:ping"), "pong");
});

describe("large and deep bodies", () => {
  const sized = (bytes) => {
    const rest = '{"functionPath":"system:echo","args":{"value":""}}';
    return rest.replace('""', JSON.stringify("x".repeat(bytes - rest.length)));
  };
  const streamed = (body, chunk = 65_536) => {
    const bytes = new TextEncoder().encode(body);
    let at = 0;
    return new ReadableStream({
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.subarray(at, (at += chunk)));
      },
    });
  };

  test("one MiB exactly is read, by length and as a stream", async () => {
    for (const body of [sized(MIB), streamed(sized(MIB))]) {
      const response = await app.rpc.post(body);
      assert.equal(response.status, 200, response.text.slice(0, 200));
      assert.equal(response.json.result.length, MIB - sized(60).length + sized(60).match(/x*/g).join("").length);
    }
  });

  for (const [name, body] of [
    ["one byte more, by length", () => sized(MIB + 1)],
    ["one byte more, as a stream", () => streamed(sized(MIB + 1))],
    ["2 MiB, by length", () => sized(2 * MIB)],
    ["2 MiB, as a stream", () => streamed(sized(2 * MIB))],
    ["6 MiB, as a stream", () => streamed(sized(6 * MIB))],
    ["20 MiB, as a stream", () => streamed(sized(20 * MIB))],
    ["2 MiB that are no JSON", () => "{".repeat(2 * MIB)],
    ["1 MiB of two-byte characters", () => sized(100).replace(/x+/, "é".repeat(MIB / 2))],
  ]) {
    test(name, async () => {
      const error = refusal(await app.rpc.post(body()), 413, "PAYLOAD_TOO_LARGE");
      assert.equal(error.message, "Body too large");
    });
  }

  test("characters that are split between chunks arrive whole", async () => {
    const value = "é💥漢".repeat(50);
    const body = JSON.stringify({ functionPath: "system:echo", args: { value } });
    const response = await app.rpc.post(streamed(body, 1));
    assert.equal(response.json.result, value);
  });

  const deep = {
    "arrays": "[".repeat(100_000) + "]".repeat(100_000),
    "objects": '{"a":'.repeat(100_000) + "1" + "}".repeat(100_000),
    "open arrays": "[".repeat(100_000),
    "open objects": '{"a":'.repeat(100_000),
  };
  for (const [name, value] of Object.entries(deep)) {
    test(`100,000 deep: ${name}`, async () => {
      refusal(await app.rpc.post(`{"functionPath":"system:echo","args":{"value":${value}}}`), 400, "BAD_REQUEST");
      refusal(await app.rpc.post(`{"functionPath":"system:ping","other":${value}}`), 400, "BAD_REQUEST");
      refusal(await app.rpc.post(value), 400, "BAD_REQUEST");
    });
  }

  test("values may be 60 deep, and not 70", async () => {
    const nested = (depth) => "[".repeat(depth) + "]".repeat(depth);
    const response = await app.rpc.post(`{"functionPath":"system:echo","args":{"value":${nested(60)}}}`);
    assert.equal(response.text, `{"result":${nested(60)}}`);
    refusal(await app.rpc.post(`{"functionPath":"system:echo","args":{"value":${nested(70)}}}`), 400, "BAD_REQUEST");
  });

  test("wide values", async () => {
    const zeros = `[${"0,".repeat(400_000)}0]`;
    const echoed = await app.rpc.post(`{"functionPath":"system:echo","args":{"value":${zeros}}}`);
    assert.equal(echoed.text, `{"result":${zeros}}`);
    const fields = Array.from({ length: 50_000 }, (_, n) => `"k${n}":${n}`).join();
    const object = await app.rpc.post(`{"functionPath":"system:echo","args":{"value":{${fields}}}}`);
    assert.equal(object.text, `{"result":{${fields}}}`);
    refusal(await app.rpc.post(`{"functionPath":"messages:list","args":{"channel":${zeros}}}`), 400, "VALIDATION_ERROR");
  });
});

describe("odd values", () => {
  test("__proto__ and its like are ordinary keys of data", async () => {
    const value = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":1}},"a":[{"__proto__":null}],"toString":"x"}';
    const response = await app.rpc.post(`{"functionPath":"system:echo","args":{"value":${value}}}`);
    assert.equal(response.text, `{"result":${value}}`);
    const after = await app.rpc.post('{"functionPath":"system:echo","args":{"value":{}}}');
    assert.equal(after.text, '{"result":{}}');
  });

  for (const body of [
    '{"__proto__":{"functionPath":"system:ping"}}',
    '{"args":{"__proto__":{"name":"x","by":1}},"functionPath":"counters:add"}',
    '{"args":{"__proto__":{"channel":"x"}},"functionPath":"messages:list"}',
  ]) {
    test(`a __proto__ gives nothing: ${body}`, async () => {
      const response = await app.rpc.post(body);
      assert.equal(response.status, 400, response.text);
    });
  }

  test("keys of a __proto__ beside the real ones are dropped", async () => {
    const channel = unique("proto");
    const response = await app.rpc.post(
      `{"__proto__":{"x":1},"functionPath":"messages:send","args":{"channel":"${channel}","author":"a","body":"b","__proto__":{"y":1},"constructor":1}}`,
    );
    const row = await app.rpc.call("messages:get", { id: response.json.result });
    assert.deepEqual(Object.keys(row).sort(), ["_creationTime", "_id", "author", "body", "channel"]);
  });

  test("lone surrogates come back as they were", async () => {
    for (const text of ['"\\ud800"', '"a\\udfffb"', '"\\udc00\\ud800"', '{"\\ud800":1}']) {
      const response = await app.rpc.post(`{"functionPath":"system:echo","args":{"value":${text}}}`);
      assert.equal(response.status, 200, response.text);
      assert.deepEqual(response.json.result, JSON.parse(text));
    }
  });

  test("bytes that are no UTF-8 never crash a call", async () => {
    const around = (...bytes) => {
      const [head, tail] = '{"functionPath":"system:echo","args":{"value":"@"}}'.split("@").map((part) => Buffer.from(part));
      return Buffer.concat([head, Buffer.from(bytes), tail]);
    };
    for (const bytes of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0xc0, 0xaf]]) {
      const response = await app.rpc.post(around(...bytes));
      if (response.status === 200) assert.match(response.json.result, /^\ufffd+$/);
      else refusal(response, 400, "BAD_REQUEST");
    }
    refusal(await app.rpc.post(new Uint8Array([0xff, 0xfe, 0x7b, 0x00])), 400, "BAD_REQUEST");
    refusal(await app.rpc.post(new Uint8Array(1000)), 400, "BAD_REQUEST");
  });

  for (const value of ["-0", "1e400", "-1e400", "1e-400", "123456789012345678901234567890", "0.1", "5e-324", "1.7976931348623157e308"]) {
    test(`the number ${value}`, async () => {
      const response = await app.rpc.post(`{"functionPath":"system:echo","args":{"value":${value}}}`);
      const number = JSON.parse(value);
      if (Number.isFinite(number)) assert.equal(response.json.result, number === 0 ? 0 : number, response.text);
      else if (response.status === 200) assert.deepEqual(response.json.result, [TAG, number > 0 ? "inf" : "-inf"]);
      else refusal(response, 400, "BAD_REQUEST");
    });
  }
});

after(() => assert.equal({}.polluted, undefined));
