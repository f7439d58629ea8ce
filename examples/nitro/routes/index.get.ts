import { defineHandler, html } from "nitro/h3";
import { ask } from "../lunora";
import { page, type Message } from "../page";

export default defineHandler(async (event) => {
  const channel = event.url.searchParams.get("channel") ?? "lobby";
  const messages = await ask<Message[]>(event, "messages:list", { channel, limit: 20 });
  return html(page(channel, messages));
});
