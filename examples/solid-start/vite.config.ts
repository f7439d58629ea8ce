import { cloudflare } from "@cloudflare/vite-plugin";
import { solidStart } from "@solidjs/start/config";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// Where the Java build put the app. In a project of your own: the path of its app.mjs.
const app = fileURLToPath(new URL("../../test-worker/target/worker/app.mjs", import.meta.url));

export default defineConfig({
  plugins: [solidStart(), cloudflare({ viteEnvironment: { name: "ssr" } })],
  resolve: { alias: { "@lunora-java/app": app } },
});
