// The Durable Object's class, which the platform wants in JavaScript: each event goes to Java.
import { DurableObject } from "cloudflare:workers";
import "./start.mjs";
import { ShardEntry } from "./app.mjs";

export class ShardDO extends DurableObject {
  #shard;

  constructor(state, env) {
    super(state, env);
    this.#shard = ShardEntry.open(state, env);
  }

  fetch(request) {
    return this.#shard.fetch(request);
  }

  lunoraCall(path, body, headers, amongOthers) {
    try {
      return this.#shard.call(path, body, headers, amongOthers);
    } catch (error) {
      return this.#shard.broken(error);
    }
  }

  alarm(invocation) {
    return this.#shard.alarm(invocation);
  }

  webSocketMessage(socket, frame) {
    this.#shard.webSocketMessage(socket, frame);
  }

  webSocketClose(socket) {
    this.#shard.webSocketClosed(socket);
  }

  webSocketError(socket) {
    this.#shard.webSocketClosed(socket);
  }
}
