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

  test("many writers of one name at once: none fails, one row is left, and it is what one of them wrote last", async () => {
    const write = (n) => call("profiles:put", { name: "race", bio: `${n}` });
    for (const round of ["the first", "there already"]) {
      const puts = await Promise.all([1, 2, 3, 4, 5, 6].map(write));
      for (const put of puts) assert.equal(put.status, 200, `${round}: ${JSON.stringify(put.json)}`);
      const rows = (await call("profiles:list", {})).json.result.filter((row) => row.name === "race");
      assert.equal(rows.length, 1);
      assert.match(rows[0].bio, /^[1-6]$/);
    }
  });

  test("D1 takes a batch back whose guard finds the row changed", async () => {
    await call("profiles:put", { name: "guarded", bio: "as read" });
    const read = await call("profiles:get", { name: "guarded" });
    await call("profiles:put", { name: "guarded", bio: "changed" });
    const guard = "SELECT json(CASE WHEN EXISTS (SELECT 1 FROM profiles WHERE _id = ? AND _doc = ?) THEN '1' ELSE 'changed' END) AS same";
    const database = await app.binding("DB");
    const { _id: id } = read.json.result;
    const update = database.prepare("UPDATE profiles SET _doc = '{}' WHERE _id = ?").bind(id);
    await assert.rejects(database.batch([database.prepare(guard).bind(id, JSON.stringify(read.json.result)), update]), /malformed JSON/);
    assert.equal((await call("profiles:get", { name: "guarded" })).json.result.bio, "changed");
  });

  test("a mutation sent again under its id is answered, not run", async () => {
    const headers = { "x-lunora-mutation-id": "profiles-1", "x-lunora-client-id": "profiles-spec" };
    const first = await call("profiles:put", { name: "again", bio: "first" }, headers);
    assert.equal(first.status, 200);
    await call("profiles:put", { name: "again", bio: "later" });
    const again = await call("profiles:put", { name: "again", bio: "first" }, headers);
    assert.equal(again.json.result, null);
    assert.match(again.bookmark, /^[0-9a-z-]{1,200}$/i);
    assert.equal((await call("profiles:get", { name: "again" })).json.result.bio, "later");
  });

  test("a batch sees what it wrote, and answers with the bookmark", async () => {
    const calls = [
      { functionPath: "profiles:put", args: { name: "batch", bio: "b" } },
      { functionPath: "profiles:get", args: { name: "batch" } },
    ];
    const response = await app.fetch("/_lunora/rpc-batch", { method: "POST", body: JSON.stringify({ calls }) });
    const { results } = await response.json();
    assert.equal(results[1].body.result.bio, "b", JSON.stringify(results));
    assert.match(response.headers.get("x-d1-bookmark"), /^[0-9a-z-]{1,200}$/i);
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
