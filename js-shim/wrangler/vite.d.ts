export interface LunoraViteOptions {
  /** The compiled app's app.mjs, relative to Vite's root. */
  app: string;
  /** `wrangler.jsonc` unless given, relative to Vite's root. */
  config?: string;
  /** `false` where a framework's adapter owns the configuration: it is compared and never written. */
  cloudflare?: boolean;
}

/** Gives the app its alias and sees that the configuration has what it needs. Put it before Cloudflare's own plugin. */
export declare function lunora(options: LunoraViteOptions): {
  name: string;
  enforce: "pre";
  config(config: { root?: string }, env: { command: "build" | "serve" }): Promise<object>;
};

export default lunora;
