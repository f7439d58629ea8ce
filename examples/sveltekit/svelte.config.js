import adapter from "@sveltejs/adapter-cloudflare";

/** @type {import("@sveltejs/kit").Config} */
export default {
  kit: {
    // The adapter writes its Worker where its own configuration says; ours, wrangler.jsonc, has an entry around it.
    adapter: adapter({ config: "adapter.wrangler.jsonc" }),
  },
};
