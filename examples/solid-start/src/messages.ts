import { query } from "@solidjs/router";
import { getRequestEvent } from "solid-js/web";

export interface Message {
  _id: string;
  author: string;
  body: string;
}

/** Asks Lunora in this very Worker, as the user whose page is made. */
export type Ask = (functionPath: string, args: Record<string, string | number>) => Promise<Response>;

/** What the page is made with on the server. */
export const readMessages = query(async (channel: string) => {
  "use server";
  const { ask } = getRequestEvent()!.nativeEvent.context as { ask: Ask };
  const answer = await ask("messages:list", { channel, limit: 20 });
  return ((await answer.json()) as { result: Message[] }).result;
}, "messages");
