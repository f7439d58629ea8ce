/** First element of every tagged array; an array is tagged only when element 0 is exactly this string. */
export const TAG = "$lunora.wire$";

/** Deepest nesting either direction accepts; the outermost value is at depth 0. */
export const DEPTH_MAX = 64;

/** Longest bigint text `decodeWire` accepts, in digits: parsing is quadratic, so unbounded text is an attack. */
export const BIGINT_DIGITS_MAX = 1024;

type BytesView = ArrayBufferView & { readonly buffer: ArrayBufferLike };

/** Typed arrays the wire can name; each one is built over a fresh buffer that it alone owns. */
export const TYPED_ARRAYS: ReadonlyMap<string, { readonly BYTES_PER_ELEMENT: number; new (buffer: ArrayBuffer): BytesView }> =
  new Map(
    [
      Int8Array,
      Uint8Array,
      Uint8ClampedArray,
      Int16Array,
      Uint16Array,
      Int32Array,
      Uint32Array,
      Float32Array,
      Float64Array,
      BigInt64Array,
      BigUint64Array,
    ].map((type) => [type.name, type]),
  );

/**
 * Writes one data field. `__proto__` is an ordinary key on the wire, and plain assignment would call the
 * prototype setter instead of storing it.
 */
export function setField(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    target[key] = value;
  }
}

/** True for `{}`-like objects, including those made in another realm or without a prototype. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
