import { LunoraError, readErrorEnvelope } from "../errors.js";
import { parseObject, type HttpAnswer } from "../rpc.js";
import { toBase64 } from "../wire/base64.js";
import { isPlainObject } from "../wire/tag.js";
import { subjectOfToken } from "../token-subject.js";
import type { Outcome, QueuedMutation } from "./storage.js";

/** Most calls one batch may hold; the server refuses more. */
export const BATCH_CALLS_MAX = 500;
/** Where a batch is cut, in UTF-8 bytes of its calls; the server reads at most 1,048,576 bytes. */
export const BATCH_BYTES_MAX = 900_000;

const RETRIED = new Set(["SHARD_UNAVAILABLE", "SHARD_ERROR"]);
const HELD = new Set(["UNAUTHORIZED", "TOKEN_EXPIRED", "UNAUTHENTICATED"]);
const RATE_LIMITED = new Set(["TOO_MANY_REQUESTS", "RATE_LIMITED"]);
/** A refusal of a whole batch that may be the fault of one call in it. */
const DIVISIBLE_STATUS = new Set([400, 403, 413]);

/** What becomes of one queued mutation: it has its answer, is to be sent again, or waits for another token. */
export type Verdict =
  | { readonly kind: "settled"; readonly outcome: Outcome }
  | { readonly kind: "retry"; readonly afterMs?: number }
  | { readonly kind: "hold" };

/** Sends one batch and returns the answer as it came; rejects when none came. */
export type SendBatch = (calls: readonly object[], headers: Readonly<Record<string, string>>) => Promise<HttpAnswer>;

const RETRY: Verdict = { kind: "retry" };

/**
 * The oldest entries that may travel together: within the limits of a batch, and made under one identity, because
 * the expected identity is a header of the whole batch.
 */
export function batchOf(entries: readonly QueuedMutation[]): readonly QueuedMutation[] {
  const [first] = entries;
  if (first === undefined) return [];
  const utf8 = new TextEncoder();
  let bytes = 0;
  const end = entries.slice(0, BATCH_CALLS_MAX).findIndex((entry, index) => {
    bytes += utf8.encode(JSON.stringify(callOf(entry, index))).length;
    return entry.subject !== first.subject || entry.tokenSubject !== first.tokenSubject || (index > 0 && bytes > BATCH_BYTES_MAX);
  });
  return entries.slice(0, end < 0 ? BATCH_CALLS_MAX : end);
}

/**
 * What the tokens alone say, before anything is sent: another user's mutations are refused, and while there is no token
 * those of a user wait for one. Undefined when they may be sent.
 */
export function judgeToken(entries: readonly QueuedMutation[], token: string | null): readonly Verdict[] | undefined {
  const madeBy = entries[0]?.tokenSubject;
  if (madeBy === undefined) return undefined;
  if (token === null) return entries.map(() => ({ kind: "hold" }));
  const sender = subjectOfToken(token);
  if (sender === undefined || sender === madeBy) return undefined;
  return entries.map(() => refusal(IDENTITY_CHANGED, 409));
}

/**
 * Sends the mutations in order and judges each answer. A batch that is refused as a whole, for its size or for
 * one of its calls, is sent again in halves; the second half only when nothing of the first is left over.
 *
 * @returns one verdict per entry, in their order
 */
export async function replay(entries: readonly QueuedMutation[], send: SendBatch): Promise<readonly Verdict[]> {
  let answer: HttpAnswer;
  try {
    answer = await send(entries.map(callOf), identityHeader(entries[0]?.subject));
  } catch {
    return entries.map(() => RETRY);
  }
  const body = parseObject(answer.text);
  const slots = body?.["results"];
  if (answer.ok && Array.isArray(slots)) return judgeSlots(entries, slots);
  if (entries.length > 1 && isDivisible(answer, body)) return replayHalves(entries, send);
  const verdict = judge(body?.["error"], answer.status);
  return entries.map(() => verdict);
}

async function replayHalves(entries: readonly QueuedMutation[], send: SendBatch): Promise<readonly Verdict[]> {
  const middle = Math.ceil(entries.length / 2);
  const first = await replay(entries.slice(0, middle), send);
  const rest = entries.slice(middle);
  if (first.some((verdict) => verdict.kind !== "settled")) return [...first, ...rest.map(() => RETRY)];
  return [...first, ...(await replay(rest, send))];
}

function isDivisible(answer: HttpAnswer, body: Record<string, unknown> | undefined): boolean {
  if (answer.status === 413) return true;
  const error = readErrorEnvelope(body?.["error"], answer.status);
  return error !== undefined && DIVISIBLE_STATUS.has(answer.status) && judge(body?.["error"], answer.status).kind === "settled";
}

function callOf(entry: QueuedMutation, id: number): object {
  const { functionPath, wireArgs, mutationId, clientId, shardKey } = entry;
  const call = { id, functionPath, args: wireArgs, mutationId, clientId };
  return shardKey === undefined ? call : { ...call, shardKey };
}

/** The server refuses the batch when somebody else is signed in by now. */
function identityHeader(subject: string | null | undefined): Record<string, string> {
  if (subject === undefined) return {};
  const base64 = toBase64(new TextEncoder().encode(JSON.stringify({ subject })));
  const base64Url = base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return { "x-lunora-expect-subject": base64Url };
}

/** Slots come in any order; one that is missing was not answered. */
function judgeSlots(entries: readonly QueuedMutation[], slots: readonly unknown[]): readonly Verdict[] {
  const byId = new Map<unknown, Record<string, unknown>>();
  for (const slot of slots) if (isPlainObject(slot)) byId.set(slot["id"], slot);
  return entries.map((_, id) => {
    const slot = byId.get(id);
    const body = slot?.["body"];
    if (slot === undefined || !isPlainObject(body)) return RETRY;
    const status = typeof slot["status"] === "number" ? slot["status"] : 200;
    const succeeded = status >= 200 && status < 300 && body["error"] === undefined;
    return succeeded ? success(body) : judge(body["error"], status);
  });
}

function success({ result, commitCursor }: Record<string, unknown>): Verdict {
  const cursor = typeof commitCursor === "number" ? { commitCursor } : {};
  return { kind: "settled", outcome: { ok: true, wireValue: result, ...cursor } };
}

/** Whether a refusal is for good. Without a code it is not: something between here and the app answered. */
function judge(envelope: unknown, status: number): Verdict {
  const error = readErrorEnvelope(envelope, status);
  if (error === undefined) return status === 413 ? refusal(TOO_LARGE, status) : RETRY;
  if (RETRIED.has(error.code)) return RETRY;
  if (HELD.has(error.code)) return { kind: "hold" };
  const afterMs = RATE_LIMITED.has(error.code) ? retryAfterMs(error) : undefined;
  if (afterMs !== undefined) return { kind: "retry", afterMs };
  return refusal(error.code === "IDENTITY_MISMATCH" ? IDENTITY_CHANGED : envelope, status);
}

function refusal(envelope: unknown, status: number): Verdict {
  return { kind: "settled", outcome: { ok: false, wireError: { envelope, status } } };
}

const TOO_LARGE = { code: "PAYLOAD_TOO_LARGE", message: "this mutation alone is larger than the server accepts" };
const IDENTITY_CHANGED = {
  code: "OFFLINE_IDENTITY_CHANGED",
  message: "this mutation was made by somebody who is no longer signed in, and was not run",
};

function retryAfterMs(error: LunoraError): number | undefined {
  const afterMs = isPlainObject(error.data) ? error.data["retryAfterMs"] : undefined;
  return typeof afterMs === "number" && afterMs >= 0 ? afterMs : undefined;
}

/** The error of an outcome that is not ok. */
export function errorOfOutcome(wireError: unknown): LunoraError {
  const { envelope, status } = isPlainObject(wireError) ? wireError : {};
  const error = readErrorEnvelope(envelope, typeof status === "number" ? status : 0);
  return error ?? new LunoraError({ code: "INTERNAL", message: "a queued mutation was refused", origin: "server" });
}
