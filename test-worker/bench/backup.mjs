// npm run bench -- --backup: a million rows into R2, beside an exporter written by hand, on local workerd with wrangler's own R2.
import { readdirSync, readFileSync } from "node:fs";
import { createTestHarness } from "wrangler";
import { ADMIN_VARIABLE, secret } from "../tools/token.mjs";
import { build, isStale, root } from "../tools/build.mjs";

const ROWS = Number(process.env.LUNORA_BACKUP_ROWS ?? 1_000_000);
const ROUNDS = Number(process.env.LUNORA_BACKUP_ROUNDS ?? 3);
const DOCUMENT_BYTES = 280;

/** How each side is served, filled and asked. */
const SIDES = {
  ours: {
    config: "wrangler.jsonc",
    binding: "ShardDO",
    begin: (url) => fetch(`${url}/_lunora/rpc`, { method: "POST", body: '{"functionPath":"counters:get","args":{"name":"x"}}' }),
    backup: (url) => fetch(`${url}/_lunora/admin/backup/create`, { method: "POST", headers: { authorization: `Bearer ${secret(root, ADMIN_VARIABLE)}` } }),
  },
  "by hand": {
    config: "test-worker/bench/rivals/exporter/wrangler.jsonc",
    binding: "RowsDO",
    create: 'CREATE TABLE messages ("_seq" INTEGER PRIMARY KEY, "_id" TEXT, "_creationTime" REAL, channel TEXT, author TEXT, body TEXT)',
    begin: (url) => fetch(url),
    backup: (url) => fetch(`${url}/backup`),
  },
};

/** Memory of the workerd processes below this one, in MB. */
function workerdMegabytes() {
  let kilobytes = 0;
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const status = readFileSync(`/proc/${entry}/status`, "utf8");
      const parent = Number(/^PPid:\s+(\d+)/m.exec(status)[1]);
      if (/^Name:\s+workerd/m.test(status) && parent === process.pid) kilobytes += Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    } catch {
      // It ended meanwhile.
    }
  }
  return kilobytes / 1024;
}

/** Rows whose document has so many bytes, made inside SQLite. */
async function fill(storage, ours) {
  const frame = '{"_id":"00000000-0000-0000-0000-000000000000","_creationTime":1780315200000,"channel":"bench","author":"ann","body":""}'.length;
  const body = "x".repeat(DOCUMENT_BYTES - frame);
  const id = "printf('00000000-0000-0000-0000-%012d', n)";
  const time = "1780315200000 + n";
  const doc = `'{"_id":"' || ${id} || '","_creationTime":' || (${time}) || ',"channel":"bench","author":"ann","body":"${body}"}'`;
  const batch = 100_000;
  for (let from = 0; from < ROWS; from += batch) {
    const numbers = `WITH RECURSIVE c(n) AS (SELECT ${from + 1} UNION ALL SELECT n + 1 FROM c WHERE n < ${Math.min(from + batch, ROWS)})`;
    const into = ours ? 'INSERT INTO messages ("_seq", "_id", "_creationTime", "_doc", channel)' : "INSERT INTO messages";
    const row = ours ? `n, ${id}, ${time}, ${doc}, 'bench'` : `n, ${id}, ${time}, 'bench', 'ann', '${body}'`;
    await storage.exec(`${into} ${numbers} SELECT ${row} FROM c`);
  }
}

async function measure(name) {
  const side = SIDES[name];
  const server = createTestHarness({ root, workers: [{ configPath: side.config }] });
  try {
    const { url } = await server.listen();
    await (await side.begin(url.origin)).text();
    const storage = await server.getWorker().getDurableObjectStorage(side.binding, { name: "__root__" });
    if (side.create) await storage.exec(side.create);
    await fill(storage, side.create === undefined);
    const runs = [];
    for (let round = 0; round < ROUNDS; round++) {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      const before = workerdMegabytes();
      let peak = before;
      const sampling = setInterval(() => (peak = Math.max(peak, workerdMegabytes())), 50);
      const begun = performance.now();
      const response = await side.backup(url.origin);
      const done = await response.json();
      const seconds = (performance.now() - begun) / 1000;
      clearInterval(sampling);
      if (done.rows !== ROWS) throw new Error(`${name}: ${response.status} ${JSON.stringify(done)}`);
      runs.push({ rowsPerSecond: Math.round(ROWS / seconds), growth: peak - before, bytes: done.bytes });
    }
    return runs;
  } finally {
    await server.close();
  }
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

export async function benchBackup() {
  Object.assign(process.env, { LUNORA_BUILT: "1", WRANGLER_SEND_METRICS: "false" });
  process.chdir(root);
  secret(root, ADMIN_VARIABLE);
  const target = process.env.LUNORA_TARGET ?? "js";
  if (isStale(target)) await build(target);
  const results = {};
  for (const name of Object.keys(SIDES)) {
    results[name] = await measure(name);
    for (const { rowsPerSecond, growth, bytes } of results[name]) {
      console.log(`${name}: ${rowsPerSecond} rows/s, workerd grew by ${growth.toFixed(1)} MB, ${bytes} bytes`);
    }
  }
  const rate = (name) => median(results[name].map(({ rowsPerSecond }) => rowsPerSecond));
  const growth = (name) => median(results[name].map((run) => run.growth));
  const ratio = rate("ours") / rate("by hand");
  const more = growth("ours") - growth("by hand");
  console.log(`\n${ROWS} rows, medians of ${ROUNDS}: ${rate("ours")} rows/s, by hand ${rate("by hand")}: ratio ${ratio.toFixed(2)} (bar: 0.5)`);
  console.log(`growth ${growth("ours").toFixed(1)} MB, by hand ${growth("by hand").toFixed(1)} MB: ${more.toFixed(1)} MB more (bar: 32)`);
  if (ratio < 0.5 || more > 32) process.exitCode = 1;
}
