import { isPlainObject } from "./wire/tag.js";

/**
 * Who a token names, as far as the client can read: issuer and subject of a JWT. Undefined for any other token; nothing
 * is verified, it only tells two tokens of different users apart.
 */
export function subjectOfToken(token: string | null | undefined): string | undefined {
  const [, payload] = token?.split(".") ?? [];
  if (payload === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll("-", "+").replaceAll("_", "/")), (unit) => unit.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!isPlainObject(claims) || typeof claims["sub"] !== "string") return undefined;
    return JSON.stringify([claims["iss"] ?? null, claims["sub"]]);
  } catch {
    return undefined;
  }
}
