// The Vite plugin: the alias of the app, and the same comparison when a build or a server starts.
import { resolve } from "node:path";
import { APP } from "./app.mjs";
import { reconcileFile, report } from "./index.mjs";

export function lunora({ app, config = "wrangler.jsonc", cloudflare = true }) {
  return {
    name: "lunora",
    // Before the plugin that reads the configuration.
    enforce: "pre",
    async config({ root = process.cwd() }, { command }) {
      const result = await reconcileFile({ config: resolve(root, config), app: resolve(root, app), write: cloudflare });
      const told = report(result, cloudflare ? "got" : "lacks");
      const wrong = result.conflicts.length > 0 || (!cloudflare && told !== "");
      if (wrong && command === "build") throw new Error(told);
      if (told !== "") console.warn(told);
      return { resolve: { alias: { [APP]: resolve(root, app) } }, ssr: { noExternal: ["@lunora-java/worker"] } };
    },
  };
}

export default lunora;
