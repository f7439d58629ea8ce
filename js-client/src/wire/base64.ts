/** Chunk of bytes turned into characters at once: large enough to be quick, small enough for the call stack. */
const CHUNK_BYTES = 8192;

const CANONICAL_SHAPE = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Standard, padded base64 of the bytes. */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK_BYTES));
  }
  return btoa(binary);
}

/**
 * Bytes of canonical base64, or undefined when the text is anything else: wrong alphabet, missing padding,
 * whitespace, or non-zero bits after the last byte.
 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!CANONICAL_SHAPE.test(text)) return undefined;
  const binary = atob(text);
  // `atob` ignores the unused low bits of the last character; two spellings of one value must not both pass.
  if (text.endsWith("=") && btoa(binary.slice(-(binary.length % 3))) !== text.slice(-4)) return undefined;
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
