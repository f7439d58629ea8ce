// A backup as one writes it by hand: pages of rows from a Durable Object, lines of JSON, a multipart upload with a hash.
import { DurableObject } from "cloudflare:workers";

const PART_BYTES = 5 * 1024 * 1024;
const PAGE_ROWS = 4_000;

export class RowsDO extends DurableObject {
  page(after) {
    let text = "";
    let [last, count] = [after, 0];
    const select = "SELECT _seq, _id, _creationTime, channel, author, body FROM messages WHERE _seq > ? ORDER BY _seq LIMIT ?";
    for (const { _seq, ...doc } of this.ctx.storage.sql.exec(select, after, PAGE_ROWS)) {
      text += JSON.stringify({ doc, table: "messages" }) + "\n";
      last = _seq;
      count++;
    }
    return { text, last, count };
  }
}

async function backup(env) {
  const rows = env.ROWS.getByName("__root__");
  const upload = await env.BACKUPS.createMultipartUpload("backup.ndjson");
  const digest = new crypto.DigestStream("SHA-256");
  const writer = digest.getWriter();
  const encoder = new TextEncoder();
  const parts = [];
  let buffer = new Uint8Array(PART_BYTES);
  let [filled, bytes, total, after] = [0, 0, 0, 0];
  const flush = async () => {
    const part = buffer.slice(0, filled);
    await writer.write(part);
    parts.push(await upload.uploadPart(parts.length + 1, part));
    bytes += filled;
    filled = 0;
  };
  try {
    for (;;) {
      const { text, last, count } = await rows.page(after);
      if (count === 0) break;
      total += count;
      after = last;
      const encoded = encoder.encode(text);
      for (let from = 0; from < encoded.length; ) {
        const some = encoded.subarray(from, from + PART_BYTES - filled);
        buffer.set(some, filled);
        filled += some.length;
        from += some.length;
        if (filled === PART_BYTES) await flush();
      }
    }
    if (filled > 0) await flush();
    await writer.close();
    await upload.complete(parts);
  } catch (error) {
    await upload.abort();
    throw error;
  }
  const hash = Array.from(new Uint8Array(await digest.digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return Response.json({ rows: total, bytes, sha256: hash });
}

export default {
  async fetch(request, env) {
    return new URL(request.url).pathname === "/backup" ? backup(env) : new Response("ok");
  },
};
