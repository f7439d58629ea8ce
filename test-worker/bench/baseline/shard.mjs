// The baseline's Durable Object: calls, and the frames of its sockets.
import { DurableObject } from "cloudflare:workers";
import { LiveLists } from "./live-lists.mjs";
import { Messages } from "./messages.mjs";
import { failure, json } from "./responses.mjs";

export class ShardDO extends DurableObject {
  #messages;
  #live;
  #shardKey;

  constructor(state, env) {
    super(state, env);
    this.#shardKey = state.id.name ?? state.id.toString();
    this.#messages = new Messages(state.storage);
    this.#live = new LiveLists(this.#messages, state.getWebSockets());
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair("lunora-ping", "lunora-pong"));
  }

  async fetch(request) {
    if (request.headers.get("upgrade")?.toLowerCase() === "websocket") {
      return this.#accept();
    }
    const { functionPath, args } = JSON.parse(await request.text());
    try {
      let text = `{"result":${this.#call(functionPath, args ?? {})}`;
      if (request.headers.get("x-lunora-mutation-id") !== null) {
        text += `,"commitCursor":${this.#messages.cursor}`;
      }
      return json(200, text + "}", this.#shardKey);
    } catch (error) {
      return failure(error.status ?? 500, error.code ?? "INTERNAL", error.message, this.#shardKey);
    }
  }

  /** The result as JSON text. */
  #call(path, args) {
    switch (path) {
      case "messages:list":
        return this.#messages.listText(checkedList(args));
      case "messages:send": {
        const row = this.#messages.send(checkedSend(args));
        this.#live.inserted(row);
        return JSON.stringify(row.id);
      }
      default:
        throw refusal(404, "FUNCTION_NOT_FOUND", `no function is named '${path}'`);
    }
  }

  #accept() {
    const pair = new WebSocketPair();
    const connectionId = crypto.randomUUID();
    this.ctx.acceptWebSocket(pair[1], [connectionId]);
    pair[1].serializeAttachment({ connectionId, pageDelta: false, subscriptions: {} });
    return new Response(null, { status: 101, webSocket: pair[0] });
  }

  webSocketMessage(socket, text) {
    const frame = JSON.parse(text);
    const attachment = socket.deserializeAttachment();
    switch (frame.type) {
      case "connect":
        attachment.pageDelta = frame.caps?.includes("pageDelta") ?? false;
        socket.serializeAttachment(attachment);
        break;
      case "subscribe":
        this.#subscribe(socket, attachment, frame);
        break;
      case "unsubscribe":
        this.#live.remove(socket, frame.id);
        delete attachment.subscriptions[frame.id];
        socket.serializeAttachment(attachment);
        socket.send(`{"type":"ack","id":${JSON.stringify(frame.id)}}`);
        break;
    }
  }

  #subscribe(socket, attachment, { id, query }) {
    socket.send(`{"type":"ack","id":${JSON.stringify(id)}}`);
    try {
      if (query.functionPath !== "messages:list") {
        throw refusal(404, "FUNCTION_NOT_FOUND", `no function is named '${query.functionPath}'`);
      }
      const args = checkedList(query.args ?? {});
      this.#live.add(socket, attachment, id, args);
      attachment.subscriptions[id] = args;
      socket.serializeAttachment(attachment);
    } catch (error) {
      const { code = "SUBSCRIPTION_SEED_FAILED", message } = error;
      socket.send(JSON.stringify({ type: "error", id, code, message, error: { code, message } }));
    }
  }

  webSocketClose(socket) {
    this.#live.closed(socket);
  }

  webSocketError(socket) {
    this.#live.closed(socket);
  }
}

function checkedList({ channel, limit = 50 }) {
  if (typeof channel !== "string") {
    throw refusal(400, "VALIDATION_ERROR", "args.channel: expected a string");
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) {
    throw refusal(400, "VALIDATION_ERROR", "args.limit: expected an integer from 1 to 200");
  }
  return { channel, limit };
}

function checkedSend({ channel, author, body }) {
  if (typeof channel !== "string") {
    throw refusal(400, "VALIDATION_ERROR", "args.channel: expected a string");
  }
  if (typeof author !== "string" || author.length < 1 || author.length > 80) {
    throw refusal(400, "VALIDATION_ERROR", "args.author: expected 1 to 80 characters");
  }
  if (typeof body !== "string" || body.length < 1 || body.length > 4000) {
    throw refusal(400, "VALIDATION_ERROR", "args.body: expected 1 to 4000 characters");
  }
  return { channel, author, body };
}

function refusal(status, code, message) {
  return Object.assign(new Error(message), { status, code });
}
