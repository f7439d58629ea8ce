import { defineNitroConfig } from "nitro/config";

export default defineNitroConfig({
  preset: "cloudflare_module",
  compatibilityDate: "2026-10-01",
  // wrangler bundles once more, and can.
  minify: false,
  // Left to wrangler, so that the routes and the Worker's entry are of one copy of the app.
  rollupConfig: { external: ["@lunora-java/worker"] },
});
