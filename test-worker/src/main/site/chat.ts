import { LunoraClient } from "@lunora-java/client";
import { Author } from "./author.js";
import { Channels } from "./channels.js";
import { Composer } from "./composer.js";
import { showConnection } from "./connection-badge.js";
import { byId } from "./element.js";
import { Likes } from "./likes.js";
import { MessageList } from "./message-list.js";
import type { Message } from "./message.js";
import { Pictures } from "./pictures.js";
import { showError } from "./toasts.js";

const LIMIT = 100;

const client = new LunoraClient({ url: location.origin });
const author = new Author(() => render());
const channels = new Channels((channel) => enter(channel));
const likes = new Likes(client);
const list = new MessageList({
  edit: (id, body) => attempt("save your edit", () => client.mutation("messages:edit", { id, body })),
  remove: (id) => attempt("delete the message", () => client.mutation("messages:remove", { id })),
  picture: (name) => pictures.show(name),
});
const composer = new Composer(send);
const pictures = new Pictures(client, {
  send: (body, channel) => send(channel, body),
  channel: () => channels.current,
  report: (thrown) => showError("send your picture", thrown),
  grown: () => list.keepEnd(),
});

async function send(channel: string, body: string): Promise<string | undefined> {
  if (channel === channels.current) {
    list.hideEmpty();
    list.scrollToEnd();
  }
  try {
    return await client.mutation<string>("messages:send", { channel, author: author.name, body });
  } catch (thrown) {
    showError("send your message", thrown);
    render();
    return undefined;
  }
}

let messages: readonly Message[] | undefined;
let leave = (): void => {};

function enter(channel: string): void {
  leave();
  messages = undefined;
  list.clear();
  composer.enter(channel);
  likes.follow(channel);
  document.title = `#${channel} · Lunora chat`;
  byId("room-title").textContent = `#${channel}`;
  byId("room-count").textContent = "Loading";
  leave = client.subscribe<readonly Message[]>("messages:list", { channel, limit: LIMIT }, {
    onData: (result) => {
      messages = result;
      render();
    },
    onError: (error) => showError(`load #${channel}`, error),
  });
}

function render(): void {
  if (messages === undefined) return;
  composer.seen(new Set(messages.map((message) => message._id)));
  list.show(messages, author.name);
  byId("room-count").textContent = countText(messages.length);
}

function countText(count: number): string {
  if (count >= LIMIT) return `the last ${LIMIT} messages`;
  return count === 1 ? "1 message" : `${count || "no"} messages`;
}

async function attempt(doing: string, run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (thrown) {
    showError(doing, thrown);
    return false;
  }
}

showConnection(client);
enter(channels.current);
