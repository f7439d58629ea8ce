import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

const dist = new URL("../../dist/", import.meta.url);
const TYPES = { ".js": "text/javascript", ".html": "text/html", ".map": "application/json" };

const PAGE = `<!doctype html><title>offline</title><script type="module">
import { IndexedDbOutboxStorage, LunoraClient } from "/dist/index.js";
window.dropped = [];
window.ended = {};
window.IndexedDbOutboxStorage = IndexedDbOutboxStorage;
window.client = new LunoraClient({ url: "/", offline: { onDropped: (mutation, error) => dropped.push(error.code) } });
/** Resolves when the write is durable. */
window.write = (n) => new Promise((onQueued) => {
  client.mutation("w:w", { n }, { onQueued }).then((value) => (ended[n] = value), (error) => (ended[n] = error.code));
});
window.ready = true;
</script>`;

/**
 * The files of the package, one page that uses them, and a server of mutations that runs every id once. `log` holds
 * what ran; `trouble` decides per batch: `"lose"` runs it and cuts the connection, `"refuse"` answers 502 without
 * running it, a number runs it and answers after so many milliseconds.
 */
export async function startServer() {
  const log = [];
  const answered = new Map();
  const state = { log, batches: 0, trouble: () => undefined, delayed: Promise.resolve() };

  const run = ({ id, args, mutationId, clientId }) => {
    const key = `${clientId}:${mutationId}`;
    if (!answered.has(key)) answered.set(key, log.push(args.n));
    return { id, status: 200, body: { result: answered.get(key), commitCursor: log.length } };
  };

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://host");
    if (request.method === "POST" && pathname === "/_lunora/rpc-batch") {
      let text = "";
      request.on("data", (chunk) => (text += chunk));
      request.on("end", () => {
        state.batches += 1;
        const trouble = state.trouble(state.batches);
        if (trouble === "refuse") return response.writeHead(502).end("<html>");
        const body = JSON.stringify({ results: JSON.parse(text).calls.map(run) });
        if (trouble === "lose") return void request.socket.destroy();
        setTimeout(() => response.writeHead(200, { "content-type": "application/json" }).end(body), trouble ?? 0).unref();
      });
      return;
    }
    const file = staticFile(pathname);
    if (file === undefined) return response.writeHead(404).end("Not found");
    response.writeHead(200, { "content-type": file.type }).end(file.body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  state.url = `http://127.0.0.1:${server.address().port}/`;
  state.close = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return state;
}

/** What a browser with an offline-first page would have in its cache. */
export function staticFile(pathname) {
  if (pathname === "/") return { type: TYPES[".html"], body: PAGE };
  if (!pathname.startsWith("/dist/") || pathname.includes("..")) return undefined;
  try {
    const body = readFileSync(fileURLToPath(new URL(pathname.slice("/dist/".length), dist)));
    return { type: TYPES[extname(pathname)] ?? "application/octet-stream", body };
  } catch {
    return undefined;
  }
}
