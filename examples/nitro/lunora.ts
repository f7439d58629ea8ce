import { createLunoraHandler } from "@lunora-java/worker";
import type { H3Event } from "nitro/h3";

export const lunora = createLunoraHandler();

/** Asks Lunora in this very Worker, as the user whose page is made. */
export async function ask<T>(event: H3Event, functionPath: string, args: Record<string, string | number>): Promise<T> {
  const { env, context } = event.req.runtime!.cloudflare!;
  const answer = await lunora.serverQuery(event.req, env, { __lunoraRef: functionPath }, args, { context });
  return ((await answer.json()) as { result: T }).result;
}
