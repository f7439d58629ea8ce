// Rows that are put in place whole or not at all: sent, staged, and committed at the end.
import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { UNREACHABLE } from "./admin.mjs";
import { CommandError } from "./command.mjs";
import { Progress } from "./progress.mjs";
import { groups } from "./snapshot.mjs";
import { Total } from "./total.mjs";

const COMMITS = 4;
const WAIT_MS = 1_000;
const HALF_DONE = "Some shards may have their rows and others not. Once the cause is gone run this again, with --replace.";
/** What a commit is sent again after: it reached some shards, or perhaps all. */
const UNCERTAIN = new Set(["SHARD_HTTP_ERROR", "SHARD_UNAVAILABLE", "SHARD_ERROR", UNREACHABLE]);

/**
 * Stages all rows of a file and puts them in place at the end, or forgets them.
 *
 * @param manifest where the file is a snapshot: whose its rows are
 * @param shard the shard of all rows of another file; undefined for those that the rows name
 */
export async function staged(admin, file, { manifest, mode, shard, tables, to, dryRun }) {
  const session = randomUUID();
  const named = manifest?.shards?.map(({ shardKey }) => shardKey) ?? (shard === undefined ? undefined : [shard]);
  const end = { session, ...(named && { shards: named }) };
  const progress = new Progress("sending", statSync(file).size);
  const total = new Total();
  try {
    const begin = (shardKey, text, more = {}) => {
      const query = new URLSearchParams({ mode, stage: session, tables, ...(shardKey !== undefined && { shard: shardKey }), ...more });
      return admin.json("POST", `import?${query}`, text);
    };
    // Shards and global tables without a row in the snapshot are to have none afterwards.
    for (const { shardKey, rows } of manifest?.shards ?? []) if (rows === 0 && mode === "replace") await begin(shardKey, "");
    if (manifest?.global?.rows === 0 && mode === "replace") await begin(undefined, "", { global: "true" });
    for await (const { shardKey = shard, first, text } of groups(file, manifest)) {
      total.add(await begin(shardKey, text), first);
      progress.add(Buffer.byteLength(text));
    }
    progress.end();
    total.require();
    const result = await commit(admin, { ...end, ...(to && { to }), ...(dryRun && { dryRun }) });
    if (dryRun) {
      await admin.json("POST", "import/abort", end);
      console.log("nothing was changed; it would have been:");
      total.tell();
    } else {
      new Total().add(result, 1).tell();
    }
  } catch (error) {
    await admin.json("POST", "import/abort", end).catch(() => {});
    throw error;
  }
}

/** Where only some shards have committed, or nobody knows, they are asked again: those that are done leave it at that. */
async function commit(admin, body) {
  for (let tries = 1; ; tries++) {
    try {
      const { result } = await admin.json("POST", "import/commit", body);
      return result;
    } catch (error) {
      const uncertain = UNCERTAIN.has(error.code);
      if (!uncertain && tries === 1) throw error;
      // Who is refused after a try that reached some shards has changed those.
      if (!uncertain || tries === COMMITS) throw new CommandError(`${error.message}\n${HALF_DONE}`);
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }
}
