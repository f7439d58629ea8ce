// Global tables: rows that all shards share, in D1.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { servedApp } from "./support/harness.mjs";

describe("profiles in the global database", () => {
  const app = servedApp();

  const call = async (functionPath, args, headers = {}) => {
    const response = await app.fetch("/_lunora/rpc", {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ functionPath, args }),
    });
    return { status: response.status, bookmark: response.headers.get("x-d1-bookmark"), json: await response.json() };
  };

  test("what is put is found, and put again in its place", async () => {
    const put = await call("profiles:put", { name: "ada", bio: "counts" });
    assert.deepEqual(put.json, { result: null });
    assert.match(put.bookmark, /^[0-9a-z-]{1,200}$/i);
    await call("profiles:put", { name: "ada", bio: "computes" });
    const { json } = await call("profiles:get", { name: "ada" }, { "x-d1-bookmark": put.bookmark });
    assert.equal(json.result.bio, "computes");
    assert.deepEqual(Object.keys(json.result), ["_id", "_creationTime", "name", "bio"]);
    assert.equal((await call("profiles:get", { name: "nobody" })).json.result, null);
  });

  test("of several first writers of a name one wins, the others are told", async () => {
    const puts = await Promise.all([1, 2, 3, 4].map((n) => call("profiles:put", { name: "race", bio: `${n}` })));
    for (const put of puts) assert.ok(put.status === 200 || put.json.error.code === "CONFLICT", JSON.stringify(put.json));
    assert.ok(puts.some((put) => put.status === 200));
    const rows = (await call("profiles:list", {})).json.result.filter((row) => row.name === "race");
    assert.equal(rows.length, 1);
  });

  test("a malformed bookmark and malformed arguments are refused", async () => {
    for (const bookmark of ["a b", "x".repeat(201), "';--"]) {
      const { status, json } = await call("profiles:list", {}, { "x-d1-bookmark": bookmark });
      assert.equal(status, 400);
      assert.equal(json.error.code, "BAD_REQUEST");
    }
    assert.equal((await call("profiles:put", { name: "" , bio: "" })).json.error.code, "VALIDATION_ERROR");
  });
});
