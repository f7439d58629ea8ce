// Hono with Lunora mounted under /_lunora/*.
import { Hono } from "hono";
import { html } from "hono/html";
import { createLunoraHandler, SchedulerDO, ShardDO, ShardRegistryDO } from "@lunora-java/worker";
import { Page, type Message } from "./page";

const lunora = createLunoraHandler();
const app = new Hono<{ Bindings: Record<string, unknown> }>();

app.all("/_lunora/*", (c) => lunora(c.req.raw, c.env, c.executionCtx));

app.get("/", async (c) => {
  const args = { channel: c.req.query("channel") ?? "lobby", limit: 20 };
  // In this very Worker: no request goes out.
  const answer = await lunora.serverQuery(c.req.raw, c.env, { __lunoraRef: "messages:list" }, args, {
    context: c.executionCtx,
  });
  const { result } = (await answer.json()) as { result: Message[] };
  return c.html(html`<!doctype html>${<Page channel={args.channel} messages={result} />}`);
});

app.get("/broken", () => {
  throw new Error("a page that fails");
});

// Crons and queues come to the Worker, not to a path.
const { scheduled, queue } = lunora;

export default { fetch: app.fetch, scheduled, queue };
export { SchedulerDO, ShardDO, ShardRegistryDO };
