import type { Clock } from "./clock.js";
import type { Endpoint } from "./endpoint.js";
import { LunoraError, readErrorEnvelope, toLunoraError } from "./errors.js";
import { subjectOfToken } from "./token-subject.js";
import type { TokenSource } from "./token.js";
import { decodeWire } from "./wire/decode.js";
import { encodeWire } from "./wire/encode.js";
import { isPlainObject } from "./wire/tag.js";

/** One call; `once` makes the server run it at most once however often it is sent. */
export interface RpcCall {
  readonly kind: "query" | "mutation" | "action";
  readonly functionPath: string;
  readonly args: unknown;
  readonly shardKey?: string | undefined;
  readonly once?: { readonly mutationId: string; readonly clientId: string };
}

/** A decoded answer; `commitCursor` is the log position at which live queries show the write. */
export interface RpcAnswer {
  readonly value: unknown;
  readonly commitCursor?: number;
  readonly lastMutationId?: number;
}

/** An answer as it came. */
export interface HttpAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
}

/** What `Rpc` needs from its owner. */
export interface RpcHost {
  readonly endpoint: Endpoint;
  readonly token: TokenSource;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/** Codes that mean "this token is no longer good". */
const TOKEN_REFUSED = new Set(["TOKEN_EXPIRED", "UNAUTHENTICATED"]);

const BOOKMARK_HEADER = "x-d1-bookmark";

/** Calls functions over `POST /_lunora/rpc`. Holds no connection, so there is nothing to close. */
export class Rpc {
  readonly #host: RpcHost;
  /** Replayed so that reads of global tables see this client's own writes. */
  #bookmark: string | undefined;

  constructor(host: RpcHost) {
    this.#host = host;
  }

  /**
   * Runs one call. After a refused token a query or mutation is repeated once with another one, unless that may be
   * somebody else's. An action is not: it may itself have thrown that code, halfway through its effects.
   *
   * @throws LunoraError always of this type; `origin` tells whether the call may have run
   */
  async call(call: RpcCall): Promise<RpcAnswer> {
    const body = encodeBody(call);
    const { token } = this.#host;
    const { replaced } = token;
    const used = await token.current();
    try {
      return await this.#send(call, body, used);
    } catch (error) {
      if (!(error instanceof LunoraError && TOKEN_REFUSED.has(error.code)) || token.replaced !== replaced) throw error;
      token.expire();
      if (call.kind === "action" || !token.renewable) throw error;
      const next = await token.current();
      if (token.replaced !== replaced || namesAnother(next, used)) throw error;
      return await this.#send(call, body, next);
    }
  }

  /**
   * Posts a batch under this token and returns what came back, whatever it says.
   *
   * @throws LunoraError when nothing came back: `NETWORK_ERROR`, `RPC_TIMEOUT`
   */
  async batch(token: string | null, calls: readonly object[], headers: Readonly<Record<string, string>>): Promise<HttpAnswer> {
    const body = JSON.stringify({ calls });
    return this.#post(this.#host.endpoint.rpcBatch, { ...this.#headers(token), ...headers }, body, "the batch");
  }

  async #send(call: RpcCall, body: string, token: string | null): Promise<RpcAnswer> {
    const headers = this.#headers(token);
    if (call.once !== undefined) {
      headers["x-lunora-mutation-id"] = call.once.mutationId;
      headers["x-lunora-client-id"] = call.once.clientId;
    }
    const answer = await this.#post(this.#host.endpoint.rpc, headers, body, call.functionPath);
    return readAnswer(answer, answer.text);
  }

  async #post(url: string, headers: Record<string, string>, body: string, what: string): Promise<HttpAnswer> {
    const deadline = new AbortController();
    const timer = this.#host.clock.after(this.#host.timeoutMs, () => deadline.abort());
    try {
      const init = { method: "POST", headers, body, signal: deadline.signal };
      const response = await this.#host.fetch(url, init);
      this.#bookmark = response.headers.get(BOOKMARK_HEADER) ?? this.#bookmark;
      return { ok: response.ok, status: response.status, text: await response.text() };
    } catch (thrown) {
      if (!deadline.signal.aborted) throw toLunoraError(thrown, { code: "NETWORK_ERROR", origin: "transport" });
      throw new LunoraError({
        code: "RPC_TIMEOUT",
        message: `${what} did not answer within ${this.#host.timeoutMs} ms`,
        origin: "transport",
      });
    } finally {
      this.#host.clock.cancel(timer);
    }
  }

  #headers(token: string | null): Record<string, string> {
    const headers: Record<string, string> = { "content-type": "application/json" };
    if (token !== null) headers["authorization"] = `Bearer ${token}`;
    if (this.#bookmark !== undefined) headers[BOOKMARK_HEADER] = this.#bookmark;
    return headers;
  }
}

/** Whether both tokens can be read and name two users. */
function namesAnother(token: string | null, before: string | null): boolean {
  const [now, then] = [subjectOfToken(token), subjectOfToken(before)];
  return now !== undefined && then !== undefined && now !== then;
}

/** Exported for the fixture test. */
export function encodeBody(call: Pick<RpcCall, "functionPath" | "args" | "shardKey">): string {
  const { functionPath, args, shardKey } = call;
  try {
    const body = { args: encodeWire(args), functionPath };
    return JSON.stringify(shardKey === undefined ? body : { ...body, shardKey });
  } catch (thrown) {
    throw toLunoraError(thrown, { code: "BAD_REQUEST", origin: "client" });
  }
}

/** Exported for the fixture test. */
export function readAnswer(response: { readonly ok: boolean; readonly status: number }, text: string): RpcAnswer {
  return readBody(response, parseObject(text));
}

/** The value in the body of one call, which a batch carries once per slot. */
export function readBody(
  response: { readonly ok: boolean; readonly status: number },
  body: Record<string, unknown> | undefined,
): RpcAnswer {
  const refusal = readErrorEnvelope(body?.["error"], response.status);
  if (refusal !== undefined) throw refusal;
  if (!response.ok || body === undefined) {
    throw new LunoraError({
      code: "INTERNAL",
      message: `the server answered ${response.status} without a result`,
      status: response.status,
      origin: "transport",
    });
  }
  const { result, commitCursor, lastMutationId } = body;
  return {
    value: decodeResult(result, response.status),
    ...(typeof commitCursor === "number" ? { commitCursor } : {}),
    ...(typeof lastMutationId === "number" ? { lastMutationId } : {}),
  };
}

/** The JSON object in a text, or undefined when there is none. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isPlainObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function decodeResult(result: unknown, status: number): unknown {
  try {
    return decodeWire(result);
  } catch (thrown) {
    throw new LunoraError({
      code: "WIRE_DECODE_FAILED",
      message: "the result could not be decoded; is the client older than the server?",
      status,
      origin: "transport",
      cause: thrown,
    });
  }
}
