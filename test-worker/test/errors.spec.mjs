// A Java exception in the Worker: redacted for the client, and in wrangler's log with class, message and place.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, describe, test } from "node:test";
import { DevServer, freePort } from "./support/dev-server.mjs";
import { target } from "./support/harness.mjs";
import { refusal, Rpc } from "./support/rpc.mjs";

describe("a row that was damaged on disk", () => {
  const directory = mkdtempSync(join(tmpdir(), "lunora-errors-"));
  let server;
  let rpc;
  let id;

  before(async () => {
    const port = await freePort();
    server = await DevServer.start(port, directory);
    id = await new Rpc(server.url).call("messages:send", { channel: "broken", author: "a", body: "b" });
    await server.kill();
    damage();
    server = await DevServer.start(port, directory);
    rpc = new Rpc(server.url);
  }, { timeout: 120_000 });

  after(async () => {
    await server?.kill();
    rmSync(directory, { recursive: true, force: true });
  });

  /** Puts what is no JSON where the document is. */
  function damage() {
    const files = readdirSync(directory, { recursive: true }).filter((name) => /ShardDO.*\.sqlite$/.test(name));
    let damaged = 0;
    for (const file of files) {
      const database = new DatabaseSync(join(directory, file));
      const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'messages'").all();
      if (tables.length > 0) {
        const columns = database.prepare('PRAGMA table_info("messages")').all().map((column) => column.name);
        for (const column of columns) {
          const rows = database.prepare(`SELECT "${column}" AS value FROM "messages"`).all();
          if (String(rows[0]?.value).startsWith("{")) {
            database.prepare(`UPDATE "messages" SET "${column}" = '{"broken'`).run();
            damaged++;
          }
        }
      }
      database.close();
    }
    assert.equal(damaged, 1, `one document among ${files}`);
  }

  test("the client learns nothing of it, and the next call works", async () => {
    const error = refusal(await rpc.send("messages:edit", { id, body: "x" }), 500, "RPC_FAILED");
    assert.deepEqual(error, { code: "RPC_FAILED", message: "internal error" });
    assert.equal(await rpc.call("system:ping"), "pong");
  });

  test("the log names the exception and where it came from", async () => {
    const until = async (pattern) => {
      for (let turn = 0; !pattern.test(server.log); turn++) {
        assert.ok(turn < 100, `no ${pattern} in\n${server.log.slice(-3000)}`);
        await rpc.call("system:ping");
      }
    };
    await until(/lunora\.wire\.WireFormatException/);
    // A Java file with its line, or, on WebAssembly, class and method.
    await until(target === "js" ? /\bat .*\b(Json|JsonReader)\.java:\d+/ : /lunora\.wire\.Json\w*[.:]+\w+/);
    await until(target === "js" ? /Transaction(Table|Runner)\.java:\d+|TableStore\.java:\d+/ : /lunora\.(shard|store)\.\w+[.:]+\w+/);
  });
});
