// Rooms: each a shard of its own, the private ones for signed-in users only.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { secret } from "../tools/token.mjs";
import { servedApp } from "./support/harness.mjs";
import { LiveSocket } from "./support/live-socket.mjs";
import { refusal, unique } from "./support/rpc.mjs";
import { bearer, inUrl } from "./support/tokens.mjs";

secret();
const app = servedApp();

const call = (functionPath, args, { shardKey = args.room, headers, ...more } = {}) =>
  app.rpc.post(JSON.stringify({ functionPath, args, shardKey, ...more }), headers);
const bodies = (response) => response.json.result.map(({ body }) => body);

test("a post stays in the shard of its room", async () => {
  const [here, there] = [unique("room"), unique("room")];
  const posted = await call("rooms:post", { room: here, body: "hello" });
  assert.equal(posted.status, 200, posted.text);
  assert.equal(posted.headers.get("x-lunora-shard-key"), here);
  await call("rooms:post", { room: here, body: "again" });
  const { json } = await call("rooms:list", { room: here });
  assert.deepEqual(json.result.map(({ room, body }) => [room, body]), [[here, "again"], [here, "hello"]]);
  assert.deepEqual(Object.keys(json.result[0]), ["_id", "_creationTime", "room", "body"]);
  assert.deepEqual(bodies(await call("rooms:list", { room: there })), []);
  assert.deepEqual(bodies(await call("rooms:list", { room: here }, { shardKey: there })), []);
});

describe("private rooms", () => {
  test("over calls", async () => {
    const room = unique("private-room");
    refusal(await call("rooms:post", { room, body: "x" }), 403, "FORBIDDEN_SHARD");
    refusal(await call("rooms:list", { room }), 403, "FORBIDDEN_SHARD");
    assert.equal((await call("rooms:post", { room, body: "psst" }, { headers: bearer("ann") })).status, 200);
    assert.deepEqual(bodies(await call("rooms:list", { room }, { headers: bearer("bob") })), ["psst"]);
    refusal(await call("rooms:list", { room }, { headers: { authorization: "Bearer x" } }), 401, "UNAUTHENTICATED");
  });

  test("over sockets", async () => {
    const room = unique("private-room");
    await assert.rejects(LiveSocket.open(app.url, `?shard=${room}`));
    const socket = await app.connectTo(`${inUrl("ann")}&shard=${room}`);
    const { id } = await socket.subscribe("rooms:list", { room });
    await call("rooms:post", { room, body: "live" }, { headers: bearer("bob") });
    await socket.frame((frame) => frame.id === id && frame.data?.[0]?.body === "live", "the post");
  });

  test("over batches: one forbidden shard refuses all of it", async () => {
    const room = unique("private-room");
    const response = await app.fetch("/_lunora/rpc-batch", {
      method: "POST",
      body: JSON.stringify({
        calls: [
          { functionPath: "system:ping" },
          { functionPath: "rooms:post", args: { room, body: "x" }, shardKey: room },
        ],
      }),
    });
    assert.equal(response.status, 403);
    assert.deepEqual(bodies(await call("rooms:list", { room }, { headers: bearer("ann") })), []);
  });
});
