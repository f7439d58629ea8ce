import { fromBase64 } from "./base64.js";
import { BIGINT_DIGITS_MAX, DEPTH_MAX, isPlainObject, setField, TAG, TYPED_ARRAYS } from "./tag.js";

/** The text or JSON data is not a valid wire value; the message says which part. */
export class WireDecodeError extends Error {
  override readonly name = "WireDecodeError";
}

/**
 * Turns parsed JSON back into JavaScript values; the inverse of `encodeWire`. Unknown tags decode as ordinary
 * arrays, so a newer server never breaks an older client.
 *
 * @throws WireDecodeError for a malformed tagged value or nesting deeper than 64
 */
export function decodeWire(wire: unknown): unknown {
  return decode(wire, 0);
}

type Inner = (part: unknown) => unknown;

function decode(wire: unknown, depth: number): unknown {
  if (depth > DEPTH_MAX) throw new WireDecodeError(`wire value is nested deeper than ${DEPTH_MAX} levels`);
  if (typeof wire !== "object" || wire === null) return wire;
  const inner: Inner = (part) => decode(part, depth + 1);
  if (!Array.isArray(wire)) return decodeFields(wire as Record<string, unknown>, inner);
  const read = wire[0] === TAG && typeof wire[1] === "string" ? TAGGED[wire[1]] : undefined;
  return read === undefined ? wire.map(inner) : read(wire, inner);
}

// No prototype: a tag named "constructor" must not find an inherited function.
const TAGGED: Readonly<Record<string, (wire: readonly unknown[], inner: Inner) => unknown>> = Object.assign(
  Object.create(null) as object,
  {
    undefined: () => undefined,
    nan: () => Number.NaN,
    inf: () => Number.POSITIVE_INFINITY,
    "-inf": () => Number.NEGATIVE_INFINITY,
    bigint: ([, , text]: readonly unknown[]) => decodeBigint(text),
    date: ([, , epochMs]: readonly unknown[], inner: Inner) => decodeDate(inner(epochMs)),
    url: ([, , href]: readonly unknown[]) => decodeUrl(href),
    bytes: ([, , text, type]: readonly unknown[]) => decodeBytes(text, type),
    map: ([, , entries]: readonly unknown[], inner: Inner) => decodeMap(entries, inner),
    set: ([, , items]: readonly unknown[], inner: Inner) => new Set(list(items, "set").map(inner)),
    arr: ([, , items]: readonly unknown[], inner: Inner) => list(items, "arr").map(inner),
    error: decodeError,
  },
);

function decodeFields(wire: Record<string, unknown>, inner: Inner): Record<string, unknown> {
  const target: Record<string, unknown> = {};
  for (const name of Object.keys(wire)) setField(target, name, inner(wire[name]));
  return target;
}

function decodeBigint(text: unknown): bigint {
  if (typeof text !== "string" || !/^-?[0-9]+$/.test(text)) throw new WireDecodeError("bigint is not decimal text");
  if (text.replace("-", "").length > BIGINT_DIGITS_MAX) {
    throw new WireDecodeError(`bigint is longer than ${BIGINT_DIGITS_MAX} digits`);
  }
  return BigInt(text);
}

function decodeDate(epochMs: unknown): Date {
  if (typeof epochMs !== "number") throw new WireDecodeError("date is not a number of milliseconds");
  return new Date(epochMs);
}

function decodeUrl(href: unknown): URL {
  if (typeof href !== "string") throw new WireDecodeError("url is not text");
  try {
    return new URL(href);
  } catch {
    throw new WireDecodeError("url is not absolute");
  }
}

function decodeBytes(text: unknown, type: unknown): unknown {
  const bytes = typeof text === "string" ? fromBase64(text) : undefined;
  if (bytes === undefined) throw new WireDecodeError("bytes are not canonical base64");
  if (type === "ArrayBuffer") return bytes.buffer;
  const view = typeof type === "string" ? TYPED_ARRAYS.get(type) : undefined;
  if (view === undefined) return bytes;
  if (bytes.length % view.BYTES_PER_ELEMENT !== 0) {
    throw new WireDecodeError(`${bytes.length} bytes do not fill whole ${String(type)} elements`);
  }
  return new view(bytes.buffer);
}

function decodeMap(entries: unknown, inner: Inner): Map<unknown, unknown> {
  const map = new Map<unknown, unknown>();
  for (const entry of list(entries, "map")) {
    if (!Array.isArray(entry) || entry.length !== 2) throw new WireDecodeError("map entry is not a pair");
    map.set(inner(entry[0]), inner(entry[1]));
  }
  return map;
}

function list(payload: unknown, tag: string): readonly unknown[] {
  if (!Array.isArray(payload)) throw new WireDecodeError(`${tag} payload is not an array`);
  return payload;
}

const ERROR_TYPES: ReadonlyMap<string, new (message: string) => Error> = new Map(
  [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map((type) => [type.name, type]),
);
const ERROR_FIELDS_SENT_APART = new Set(["name", "message", "stack", "cause"]);

function decodeError(wire: readonly unknown[], inner: Inner): Error {
  const [, , name, message, fields] = wire;
  if (typeof name !== "string" || typeof message !== "string" || !isPlainObject(fields)) {
    throw new WireDecodeError("error needs a name, a message and fields");
  }
  const error = new (ERROR_TYPES.get(name) ?? Error)(message);
  if (error.name !== name) define(error, "name", name, false);
  for (const field of Object.keys(fields)) {
    if (!ERROR_FIELDS_SENT_APART.has(field)) define(error, field, inner(fields[field]), true);
  }
  const cause = wire.length > 5 ? inner(wire[5]) : undefined;
  if (cause !== undefined) define(error, "cause", cause, false);
  return error;
}

function define(target: object, name: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(target, name, { value, writable: true, enumerable, configurable: true });
}
