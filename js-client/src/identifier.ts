/**
 * 128 random bits as hex. `crypto.randomUUID` exists only on secure origins, and a page served over plain HTTP
 * from a development machine is not one.
 */
export function randomIdentifier(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
