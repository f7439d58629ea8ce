// A Worker of test/fixtures/edge on local workerd: JavaScript authors' own, over the compiled example.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import { createTestHarness } from "wrangler";
import { root, SERVING } from "./harness.mjs";
import { Rpc } from "./rpc.mjs";

const directory = join(root, "test-worker/test/fixtures/edge");

/** The fixture's wrangler.jsonc with another entry. */
function configuration(main, more) {
  const text = readFileSync(join(directory, "wrangler.jsonc"), "utf8").replace(/^\s*\/\/.*$/gm, "");
  const { $schema, ...config } = JSON.parse(text);
  const alias = Object.fromEntries(Object.entries(config.alias).map(([name, path]) => [name, join(directory, path)]));
  return { ...config, alias, main: join(directory, main), ...more };
}

/** Serves a fixture while the tests of the enclosing file or suite run. */
export function servedWorker(main, more = {}) {
  const worker = {
    url: "",
    rpc: undefined,
    handle: undefined,
    logs: () => worker.server.getLogs(),
    async fetch(path, init) {
      const response = await fetch(worker.url + path, { redirect: "manual", ...init });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: parsed(text) };
    },
    call: (functionPath, { args = {}, shardKey, headers } = {}) =>
      worker.rpc.post(JSON.stringify({ functionPath, args, shardKey }), { "content-type": "application/json", ...headers }),
  };
  before(async () => {
    Object.assign(process.env, SERVING);
    worker.server = createTestHarness({ root, workers: [{ config: configuration(main, more) }] });
    const { url } = await worker.server.listen();
    worker.url = url.origin;
    worker.rpc = new Rpc(worker.url);
    worker.handle = worker.server.getWorker();
  }, { timeout: 120_000 });
  after(() => worker.server.close());
  return worker;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
