import { decodeWire } from "./wire/decode.js";

/**
 * Who produced an error: `server` sent a coded refusal, `transport` lost or garbled the answer (the call may or
 * may not have run), `client` never sent it.
 */
export type ErrorOrigin = "server" | "transport" | "client";

/** Everything a `LunoraError` carries besides its message. */
export interface LunoraErrorFields {
  readonly code: string;
  readonly message: string;
  readonly status?: number;
  readonly data?: unknown;
  readonly hint?: string | readonly string[];
  readonly docsUrl?: string;
  readonly origin?: ErrorOrigin;
  readonly cause?: unknown;
}

/**
 * Every failure this package reports.
 *
 * Codes come from the server's catalogue (`NOT_FOUND`, `TOO_MANY_REQUESTS`, ...). Codes made here:
 * `NETWORK_ERROR` (no answer), `RPC_TIMEOUT`, `INTERNAL` (an answer that is not the protocol's),
 * `WIRE_DECODE_FAILED`, `BAD_REQUEST` (arguments that cannot be encoded), `TOKEN_UNAVAILABLE` (the token
 * provider threw), `SUBSCRIPTION_CANCELLED`, `CLIENT_CLOSED`, `STREAM_DISCONNECTED`, `STREAM_INTERRUPTED`,
 * `STREAM_QUEUE_OVERFLOW`, and of the queue `OFFLINE_QUEUE_OVERFLOW`, `OFFLINE_WRITE_UNENCODABLE`,
 * `OFFLINE_STORAGE_FAILED` and `OFFLINE_IDENTITY_CHANGED`.
 */
export class LunoraError extends Error {
  override readonly name = "LunoraError";
  /** Stable, upper-case code to branch on. */
  readonly code: string;
  /** HTTP status; 0 when there was no HTTP answer, as for every socket error. */
  readonly status: number;
  /** Decoded details the function attached, if any. */
  readonly data: unknown;
  /** What the reader can do about it, if the server said so. */
  readonly hint: string | readonly string[] | undefined;
  readonly docsUrl: string | undefined;
  readonly origin: ErrorOrigin;

  constructor(fields: LunoraErrorFields) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.code = fields.code;
    this.status = fields.status ?? 0;
    this.data = fields.data;
    this.hint = fields.hint;
    this.docsUrl = fields.docsUrl;
    this.origin = fields.origin ?? "client";
  }
}

/** Reads the `error` object of an RPC answer or a socket frame; undefined when it has no code. */
export function readErrorEnvelope(envelope: unknown, status: number): LunoraError | undefined {
  if (typeof envelope !== "object" || envelope === null) return undefined;
  const { code, message, data, hint, docsUrl } = envelope as Record<string, unknown>;
  if (typeof code !== "string") return undefined;
  return new LunoraError({
    code,
    message: typeof message === "string" ? message : code,
    status,
    origin: "server",
    ...(data === undefined ? {} : { data: decodeOrRaw(data) }),
    ...(isHint(hint) ? { hint } : {}),
    ...(typeof docsUrl === "string" ? { docsUrl } : {}),
  });
}

/** Details that do not decode must not hide the error they belong to. */
function decodeOrRaw(data: unknown): unknown {
  try {
    return decodeWire(data);
  } catch {
    return data;
  }
}

function isHint(hint: unknown): hint is string | readonly string[] {
  return typeof hint === "string" || (Array.isArray(hint) && hint.every((line) => typeof line === "string"));
}

/** Wraps anything thrown so that callers only ever meet `LunoraError`. */
export function toLunoraError(thrown: unknown, fallback: { code: string; origin: ErrorOrigin }): LunoraError {
  if (thrown instanceof LunoraError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new LunoraError({ ...fallback, message, cause: thrown });
}
