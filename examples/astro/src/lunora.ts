import { createLunoraHandler } from "@lunora-java/worker";
import { env } from "cloudflare:workers";

const lunora = createLunoraHandler();

/** Asks Lunora in this very Worker, as the user whose page is made. */
export async function ask<T>(request: Request, functionPath: string, args: Record<string, string | number>): Promise<T> {
  const answer = await lunora.serverQuery(request, env, { __lunoraRef: functionPath }, args);
  return ((await answer.json()) as { result: T }).result;
}
