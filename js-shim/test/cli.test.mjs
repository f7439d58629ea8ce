// The commands as a new user types them, against a deployment that answers what the test says.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../wrangler/cli.mjs", import.meta.url));
const COMMANDS = ["wrangler", "schema", "d1", "migrate", "migrate run", "backup", "backup create", "backup list", "backup restore", "export", "import"];
const directory = mkdtempSync(join(tmpdir(), "lunora-cli-"));
const rows = join(directory, "rows.ndjson");
const calls = [];
let answers = {};
let url;

const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  const path = request.url.replace("/_lunora/admin/", "");
  const name = path.split("?")[0];
  calls.push({ name, path, body, token: request.headers.authorization });
  const [answer = { status: 200, json: {} }] = answers[name]?.splice(0, 1) ?? [];
  if (answer.torn) {
    response.writeHead(200, { "content-length": "1000" });
    response.write("half", () => response.destroy());
    return;
  }
  response.writeHead(answer.status).end(answer.text ?? JSON.stringify(answer.json));
});

/** Runs the command: its exit code and what it said. */
const run = (args, env = { LUNORA_ADMIN_TOKEN: "secret", LUNORA_URL: url }) =>
  new Promise((resolve) => {
    const { LUNORA_ADMIN_TOKEN, LUNORA_URL, ...rest } = process.env;
    execFile(process.execPath, [CLI, ...args], { cwd: directory, env: { ...rest, ...env } }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, out: stdout, err: stderr }),
    );
  });

const told = ({ err }) => {
  assert.doesNotMatch(err, /\n {4}at /, "no stack of ours");
  return err;
};

before(async () => {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${server.address().port}`;
  writeFileSync(rows, '{"table":"messages","doc":{}}\n\n{"table":"counters","doc":{}}\n');
});
afterEach(() => {
  calls.length = 0;
  answers = {};
});
after(() => {
  server.close();
  rmSync(directory, { recursive: true, force: true });
});

describe("what a new user types", () => {
  for (const command of ["", ...COMMANDS]) {
    test(`lunora ${command} --help`, async () => {
      const { code, out } = await run([...command.split(" ").filter(Boolean), "--help"], {});
      assert.equal(code, 0);
      assert.match(out, new RegExp(`^npx lunora ${command.split(" ")[0]}`));
    });
  }

  for (const [args, expected] of [
    ["nothing", /no command 'nothing'/],
    ["backup", /npx lunora backup create/],
    ["backup nothing", /no 'nothing' here/],
    ["backup list --replace", /Unknown option '--replace'/],
    ["backup restore", /which\?/],
    ["backup restore x --to soon --replace", /'soon' is no time/],
    ["backup restore x --replace --append", /not both/],
    ["export a b", /'b' is one word too many/],
    ["import", /npx lunora import FILE/],
    ["import nowhere", /nowhere is not there/],
    ["migrate run", /which migration/],
    ["migrate status --dry-run", /Unknown option '--dry-run'/],
    ["wrangler --dry-run", /Unknown option '--dry-run'/],
    ["wrangler", /wrangler.jsonc is not there/],
    ["export --url localhost:8787", /'localhost:8787' is no URL/],
    ["export --url http://127.0.0.1:1", /http:\/\/127\.0\.0\.1:1 cannot be reached/],
  ]) {
    test(`lunora ${args} is refused in words`, async () => {
      const result = await run(args.split(" "));
      assert.equal(result.code, 2);
      assert.match(told(result), expected);
      assert.equal(calls.length, 0);
    });
  }

  test("a deployment without an admin plane, and something that is no deployment", async () => {
    answers = { backups: [{ status: 404, text: "Not found" }, { status: 200, text: "<html>" }] };
    assert.match(told(await run(["backup", "list"])), /has no admin plane: it needs the secret LUNORA_ADMIN_TOKEN/);
    assert.match(told(await run(["backup", "list"])), /is it a Lunora deployment/);
  });

  test("the local token goes to the local server only", async () => {
    writeFileSync(join(directory, ".dev.vars"), "LUNORA_ADMIN_TOKEN='local'\n");
    answers = { backups: [{ status: 200, json: { backups: [] } }] };
    assert.equal((await run(["backup", "list"], { LUNORA_URL: url })).code, 0);
    assert.equal(calls[0].token, "Bearer local");
    const away = await run(["backup", "list", "--url", "https://example.invalid"], {});
    assert.match(told(away), /set LUNORA_ADMIN_TOKEN to that of https:\/\/example\.invalid/);
  });
});

describe("rows", () => {
  const file = join(directory, "out.ndjson");
  const taken = { received: 2, inserted: {}, conflicts: 0, errors: [], failed: [] };
  const staged = () => ({ status: 200, json: taken });

  test("an export that breaks off leaves no file", async () => {
    answers = { export: [{ torn: true }] };
    const result = await run(["export", file]);
    assert.equal(result.code, 2);
    assert.match(told(result), /broken off/);
    assert.ok(!existsSync(file));
    assert.deepEqual(readdirSync(directory).filter((name) => name.endsWith(".part")), []);
    assert.match(told(await run(["export", join(directory, "no", "such")])), /broken off/);
  });

  test("--replace with --shard changes that shard and no other", async () => {
    answers = { import: [staged()], "import/commit": [{ status: 200, json: { result: taken } }] };
    const { code, err } = await run(["import", rows, "--replace", "--shard", "red"]);
    assert.equal(code, 0, err);
    const commit = JSON.parse(calls.find(({ name }) => name === "import/commit").body);
    assert.deepEqual(commit.shards, ["red"]);
    assert.match(calls[0].path, /tables=messages%2Ccounters&shard=red/);
  });

  test("a file that cannot be read, or has no rows, replaces nothing", async () => {
    const bad = join(directory, "bad.ndjson");
    writeFileSync(bad, '{"table":"messages","doc":{}}\n\nno json\n');
    assert.match(told(await run(["import", bad, "--replace"])), /nothing was changed:\nline 3:/);
    writeFileSync(bad, "\n\n");
    assert.match(told(await run(["import", bad, "--replace"])), /no rows: nothing was changed/);
    assert.equal(calls.length, 0);
  });

  test("a commit that reached some shards is sent again", async () => {
    const partial = { status: 502, json: { error: { code: "SHARD_HTTP_ERROR", message: "1 of 2 shards have committed" } } };
    answers = { import: [staged()], "import/commit": [partial, { status: 200, json: { result: taken } }] };
    const { code, err } = await run(["import", rows, "--replace"]);
    assert.equal(code, 0, err);
    assert.deepEqual(calls.map(({ name }) => name), ["import", "import/commit", "import/commit"]);
  });

  test("a shard that stays away in the midst of a commit is asked again, and told as what it is", async () => {
    const partial = { status: 502, json: { error: { code: "SHARD_HTTP_ERROR", message: "a part of the import is not in place" } } };
    const away = { status: 503, json: { error: { code: "SHARD_UNAVAILABLE", message: "The shard cannot be reached" } } };
    answers = { import: [staged()], "import/commit": [partial, away, { status: 200, json: { result: taken } }] };
    const { code, err } = await run(["import", rows, "--replace"]);
    assert.equal(code, 0, err);
    const refused = { status: 409, json: { error: { code: "CONFLICT", message: "table messages has rows" } } };
    answers = { import: [staged()], "import/commit": [partial, refused] };
    assert.match(told(await run(["import", rows, "--replace"])), /table messages has rows\nSome shards may have their rows/);
    answers = { import: [staged()], "import/commit": [refused] };
    assert.doesNotMatch(told(await run(["import", rows, "--replace"])), /Some shards/);
  });

  test("a commit whose answer is lost is sent again, and nothing is taken back", async () => {
    for (const lost of [{ torn: true }, { status: 502, text: "<html>bad gateway" }]) {
      calls.length = 0;
      answers = { import: [staged()], "import/commit": [lost, { status: 200, json: { result: taken } }] };
      const { code, err } = await run(["import", rows, "--replace"]);
      assert.equal(code, 0, err);
      assert.deepEqual(calls.map(({ name }) => name), ["import", "import/commit", "import/commit"]);
    }
  });

  test("an answer that breaks off is told without a stack", async () => {
    answers = { backups: [{ torn: true }] };
    const result = await run(["backup", "list"]);
    assert.equal(result.code, 2);
    assert.match(told(result), /broke off its answer/);
  });

  test("lines are told by their number in the file", async () => {
    const errors = [{ code: "BAD_ROW", line: 3, message: "value must be a number", table: "counters" }];
    answers = { import: [{ status: 200, json: { ...taken, errors } }] };
    const result = await run(["import", rows]);
    assert.equal(result.code, 2);
    assert.match(told(result), /line 3: value must be a number/);
    assert.equal(calls[0].body.split("\n").length, 3);
  });

  test("an import that breaks off says how far it came", async () => {
    answers = { import: [{ status: 500, json: { error: { code: "INTERNAL", message: "broken" } } }] };
    assert.match(told(await run(["import", rows])), /500 INTERNAL: broken\nThe rows before line 1 are in place/);
  });
});
