import { building } from "$app/environment";

type Worker = typeof import("@lunora-java/worker");

async function load(): Promise<ReturnType<Worker["withLunora"]>> {
  const { withLunora } = await import("@lunora-java/worker");
  return withLunora();
}

/** Not there while SvelteKit builds, which loads the server in Node: the app runs on Workers alone. */
export const lunora = building ? undefined! : await load();
