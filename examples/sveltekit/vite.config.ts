import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [sveltekit()],
  // Left to wrangler, so that the hook and the class of the shards are of one copy of the app.
  ssr: { external: ["@lunora-java/worker"] },
});
