import { createLunoraHandler } from "@lunora-java/worker";

const lunora = createLunoraHandler();

/** What a page is made with: asked in this very Worker, as the user whose page is made. */
export default defineEventHandler(async (event) => {
  const { request, env, context } = event.context.cloudflare;
  const args = { channel: String(getQuery(event).channel), limit: 20 };
  const answer = await lunora.serverQuery(request, env, { __lunoraRef: "messages:list" }, args, { context });
  return ((await answer.json()) as { result: unknown }).result;
});
