// The answers of both halves of the baseline.

/** An answer of the protocol around ready JSON text. */
export function json(status, text, shardKey) {
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  if (shardKey !== undefined) {
    headers["x-lunora-shard-key"] = shardKey;
  }
  return new Response(text, { status, headers });
}

export function failure(status, code, message, shardKey) {
  return json(status, JSON.stringify({ error: { code, message } }), shardKey);
}
