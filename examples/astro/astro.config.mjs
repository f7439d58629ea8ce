import cloudflare from "@astrojs/cloudflare";
import { defineConfig } from "astro/config";
import { fileURLToPath } from "node:url";

// Where the Java build put the app. In a project of your own: the path of its app.mjs.
const app = fileURLToPath(new URL("../../test-worker/target/worker/app.mjs", import.meta.url));

export default defineConfig({
  output: "server",
  adapter: cloudflare({ imageService: "passthrough" }),
  vite: { resolve: { alias: { "@lunora-java/app": app } } },
});
