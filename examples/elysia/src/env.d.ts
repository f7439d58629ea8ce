// `wrangler types` writes the whole of it.
declare module "cloudflare:workers" {
  export const env: Record<string, unknown>;
}
