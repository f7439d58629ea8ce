// The Worker in front of every hand-written Durable Object: calls and upgrades to the default shard.
import { failure } from "./responses.mjs";

const BODY_BYTES_MAX = 1_048_576;
const DEFAULT_SHARD = "__root__";

export default {
  fetch(request, env) {
    const { url } = request;
    const path = url.slice(url.indexOf("/", 8));
    if (path === "/_lunora/rpc") {
      return rpc(request, env);
    }
    if (path === "/_lunora/ws" || path.startsWith("/_lunora/ws?")) {
      return socket(request, env);
    }
    return new Response("Not found", { status: 404 });
  },
};

async function rpc(request, env) {
  if (request.method !== "POST") {
    return failure(405, "METHOD_NOT_ALLOWED", "use POST here");
  }
  const length = request.headers.get("content-length");
  if (length === null || Number(length) > BODY_BYTES_MAX) {
    return failure(413, "PAYLOAD_TOO_LARGE", "Body too large");
  }
  const body = await request.text();
  let envelope;
  try {
    envelope = JSON.parse(body);
  } catch {
    return failure(400, "BAD_REQUEST", "RPC body must be valid JSON");
  }
  if (typeof envelope?.functionPath !== "string") {
    return failure(400, "BAD_REQUEST", "RPC envelope is missing `functionPath`");
  }
  const shardKey = envelope.shardKey ?? DEFAULT_SHARD;
  if (shardKey !== DEFAULT_SHARD) {
    return failure(403, "FORBIDDEN_SHARD", "Forbidden shard");
  }
  const headers = { "content-type": "application/json" };
  const mutationId = request.headers.get("x-lunora-mutation-id");
  if (mutationId !== null) {
    headers["x-lunora-mutation-id"] = mutationId;
  }
  return env.SHARD.getByName(shardKey).fetch("http://shard/rpc", { method: "POST", headers, body });
}

function socket(request, env) {
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    return failure(426, "BAD_REQUEST", "this path takes WebSocket upgrades only");
  }
  const shardKey = new URL(request.url).searchParams.get("shard") ?? DEFAULT_SHARD;
  if (shardKey !== DEFAULT_SHARD) {
    return failure(403, "FORBIDDEN_SHARD", "Forbidden shard");
  }
  return env.SHARD.getByName(shardKey).fetch(request);
}
