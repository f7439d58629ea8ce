// Elysia with Lunora mounted under /_lunora/*.
import { createLunoraHandler, SchedulerDO, ShardDO, ShardRegistryDO } from "@lunora-java/worker";
import { env } from "cloudflare:workers";
import { Elysia } from "elysia";
import { CloudflareAdapter } from "elysia/adapter/cloudflare-worker";
import { page, type Message } from "./page";

const lunora = createLunoraHandler();

const app = new Elysia({ adapter: CloudflareAdapter })
  // The body is Lunora's to read.
  .all("/_lunora/*", ({ request }) => lunora(request, env), { parse: "none" })
  .get("/", async ({ request, query, set }) => {
    const channel = query.channel ?? "lobby";
    // In this very Worker: no request goes out.
    const answer = await lunora.serverQuery(request, env, { __lunoraRef: "messages:list" }, { channel, limit: 20 });
    const { result } = (await answer.json()) as { result: Message[] };
    set.headers["content-type"] = "text/html; charset=utf-8";
    return page(channel, result);
  })
  .get("/broken", () => {
    throw new Error("a page that fails");
  })
  .compile();

// Crons and queues come to the Worker, not to a path.
const { scheduled, queue } = lunora;

export default { fetch: app.fetch, scheduled, queue };
export { SchedulerDO, ShardDO, ShardRegistryDO };
