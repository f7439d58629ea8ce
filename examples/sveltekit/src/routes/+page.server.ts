import { lunora } from "$lib/server/lunora";
import type { PageServerLoad } from "./$types";

export interface Message {
  _id: string;
  author: string;
  body: string;
}

/** Asks Lunora in this very Worker, as the user whose page is made. */
export const load: PageServerLoad = async ({ request, url, platform }) => {
  const channel = url.searchParams.get("channel") ?? "lobby";
  const args = { channel, limit: 20 };
  const answer = await lunora.serverQuery(request, platform?.env, { __lunoraRef: "messages:list" }, args);
  const { result } = (await answer.json()) as { result: Message[] };
  return { channel, messages: result };
};
