// The Durable Objects' classes, which the platform wants in JavaScript: each event goes to Java.
import { DurableObject } from "cloudflare:workers";
import "./start.mjs";
import { ShardEntry } from "./app.mjs";

const objects = (name) =>
  class extends DurableObject {
    #java;

    constructor(state, env) {
      super(state, env);
      this.#java = ShardEntry.open(name, state, env);
    }

    fetch(request) {
      return this.#java.fetch(request);
    }

    lunoraCall(path, body, headers, amongOthers) {
      try {
        return this.#java.call(path, body, headers, amongOthers);
      } catch (error) {
        return this.#java.broken(error);
      }
    }

    alarm(invocation) {
      return this.#java.alarm(invocation);
    }

    webSocketMessage(socket, frame) {
      this.#java.webSocketMessage(socket, frame);
    }

    webSocketClose(socket) {
      this.#java.webSocketClosed(socket);
    }

    webSocketError(socket) {
      this.#java.webSocketClosed(socket);
    }
  };

export class ShardDO extends objects("ShardDO") {}
export class SchedulerDO extends objects("SchedulerDO") {}
export class ShardRegistryDO extends objects("ShardRegistryDO") {}
