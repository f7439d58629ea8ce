import { toBase64 } from "./base64.js";
import { DEPTH_MAX, isPlainObject, setField, TAG, TYPED_ARRAYS } from "./tag.js";

/**
 * Turns a JavaScript value into plain JSON data: JSON values pass through, everything else becomes a tagged
 * array such as `[TAG,"bigint","7"]`.
 *
 * Supported: null, undefined, booleans, numbers (NaN and infinities too), strings, bigint, Date, URL, Map, Set,
 * ArrayBuffer, typed arrays, Error, arrays and plain objects. An undefined object field is left out.
 *
 * @throws TypeError for any other value (functions, symbols, class instances, DataView, ...)
 * @throws RangeError when nesting is deeper than 64, which is also how a cycle ends
 */
export function encodeWire(value: unknown): unknown {
  return encode(value, 0);
}

function encode(value: unknown, depth: number): unknown {
  if (depth > DEPTH_MAX) throw new RangeError(`value is nested deeper than ${DEPTH_MAX} levels (or contains itself)`);
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return encodeNumber(value);
    case "bigint":
      return [TAG, "bigint", value.toString()];
    case "undefined":
      return [TAG, "undefined"];
    case "object":
      return value === null ? null : encodeObject(value, depth);
    default:
      throw new TypeError(`a ${typeof value} cannot be sent`);
  }
}

function encodeNumber(value: number): unknown {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return [TAG, "nan"];
  return [TAG, value > 0 ? "inf" : "-inf"];
}

function encodeObject(value: object, depth: number): unknown {
  const inner = (part: unknown): unknown => encode(part, depth + 1);
  if (Array.isArray(value)) return encodeArray(value, inner);
  if (value instanceof Date) return [TAG, "date", encodeNumber(value.getTime())];
  if (value instanceof URL) return [TAG, "url", value.href];
  if (value instanceof Map) return [TAG, "map", Array.from(value, ([key, item]) => [inner(key), inner(item)])];
  if (value instanceof Set) return [TAG, "set", Array.from(value, inner)];
  if (value instanceof ArrayBuffer) return [TAG, "bytes", toBase64(new Uint8Array(value)), "ArrayBuffer"];
  if (ArrayBuffer.isView(value)) return encodeView(value);
  if (value instanceof Error) return encodeError(value, inner);
  if (isPlainObject(value)) return encodeFields(value, Object.keys(value), inner);
  throw new TypeError(`an instance of ${value.constructor?.name ?? "an unnamed class"} cannot be sent`);
}

function encodeArray(items: readonly unknown[], inner: (part: unknown) => unknown): unknown {
  // Array.from visits holes, so a sparse array is sent as undefined values and not as JSON nulls.
  const encoded = Array.from(items, inner);
  return encoded[0] === TAG ? [TAG, "arr", encoded] : encoded;
}

function encodeView(view: ArrayBufferView): unknown {
  // The toStringTag getter names the built-in type even for subclasses such as Node's Buffer.
  const name = (view as ArrayBufferView & { readonly [Symbol.toStringTag]?: string })[Symbol.toStringTag] ?? "";
  if (!TYPED_ARRAYS.has(name)) throw new TypeError(`a ${name || "view of bytes"} cannot be sent`);
  const text = toBase64(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  return name === "Uint8Array" ? [TAG, "bytes", text] : [TAG, "bytes", text, name];
}

const ERROR_FIELDS_SENT_APART = new Set(["name", "message", "stack", "cause"]);

function encodeError(error: Error, inner: (part: unknown) => unknown): unknown {
  const ownNames = Object.keys(error).filter((name) => !ERROR_FIELDS_SENT_APART.has(name));
  const ownFields = encodeFields(error as unknown as Record<string, unknown>, ownNames, inner);
  const encoded: unknown[] = [TAG, "error", String(error.name), String(error.message), ownFields];
  if (error.cause !== undefined) encoded.push(inner(error.cause));
  return encoded;
}

function encodeFields(
  source: Record<string, unknown>,
  names: readonly string[],
  inner: (part: unknown) => unknown,
): Record<string, unknown> {
  const target: Record<string, unknown> = {};
  for (const name of names) {
    const item = source[name];
    if (item !== undefined) setField(target, name, inner(item));
  }
  return target;
}
