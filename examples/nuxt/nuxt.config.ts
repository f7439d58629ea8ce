export default defineNuxtConfig({
  compatibilityDate: "2026-10-01",
  telemetry: false,
  nitro: {
    preset: "cloudflare_module",
    // Left to wrangler, so that the routes and the Worker's entry are of one copy of the app.
    rollupConfig: { external: ["@lunora-java/worker", "cloudflare:workers"] },
  },
});
