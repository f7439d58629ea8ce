// Snapshots as files: NDJSON and, beside it, a manifest.
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { CommandError } from "./command.mjs";
import { Progress } from "./progress.mjs";

export const MANIFEST = ".manifest.json";

/** What is said of an answer that ends too early, or cannot be written down. */
export const brokenOff = (error) => new CommandError(`broken off: ${error.cause?.message ?? error.message}`);

/** Writes the body of an answer into a file, which is there when all of it is. */
export async function save(response, file, what) {
  const progress = new Progress(what, Number(response.headers.get("content-length")) || undefined);
  const counted = async function* (chunks) {
    for await (const chunk of chunks) {
      progress.add(chunk.length);
      yield chunk;
    }
  };
  const part = `${file}.part`;
  try {
    await pipeline(response.body, counted, createWriteStream(part));
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw brokenOff(error);
  }
  progress.end();
}

/** The manifest of a file, or undefined where there is none. */
export function manifestOf(file) {
  let text;
  try {
    text = readFileSync(file + MANIFEST, "utf8");
  } catch {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(`${file}${MANIFEST} is not JSON`);
  }
}

/** Throws unless the file is byte by byte the one that the manifest is about. */
export async function verify(file, manifest) {
  const { size } = statSync(file);
  if (size !== manifest.bytes) throw new CommandError(`${file} has ${size} bytes and its manifest says ${manifest.bytes}: it is not the snapshot that was written`);
  const progress = new Progress("verifying", size);
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) {
    progress.add(chunk.length);
    hash.update(chunk);
  }
  progress.end();
  if (hash.digest("hex") !== manifest.sha256) throw new CommandError(`${file} has another SHA-256 than its manifest says: it was changed after it was written`);
}

/** The lines of a file in groups that fit into a request: `{shardKey, first, text}`, a group being of one shard, or of global tables. */
export async function* groups(file, manifest, bytesMax = 786_432) {
  const named = manifest?.shards && [...manifest.shards, ...(manifest.global ? [{ shardKey: undefined, rows: manifest.global.rows }] : [])];
  const parts = named?.filter(({ rows }) => rows > 0) ?? [{ shardKey: undefined, rows: Infinity }];
  let [part, left] = [0, parts[0]?.rows ?? 0];
  let [lines, bytes, first, number] = [[], 0, 1, 0];
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number++;
    if (line === "") {
      // The deployment tells of lines by their number in the request.
      if (lines.length > 0) lines.push(line);
      continue;
    }
    if (left === 0) {
      if (lines.length > 0) yield { shardKey: parts[part].shardKey, first, text: lines.join("\n") };
      [lines, bytes, first] = [[], 0, number];
      left = parts[++part]?.rows ?? 0;
      if (left === 0) throw new CommandError(`${file} has more lines than its manifest says`);
    }
    const length = Buffer.byteLength(line) + 1;
    if (bytes + length > bytesMax && lines.length > 0) {
      yield { shardKey: parts[part].shardKey, first, text: lines.join("\n") };
      [lines, bytes, first] = [[], 0, number];
    }
    lines.push(line);
    bytes += length;
    left--;
  }
  if (lines.length > 0) yield { shardKey: parts[part].shardKey, first, text: lines.join("\n") };
}
