// The Durable Object's class, which the platform wants in JavaScript: each event goes to Java.
import { DurableObject } from "cloudflare:workers";
import { ObjectEntry } from "./app.mjs";

export class BindingsObject extends DurableObject {
  #object;

  constructor(state, env) {
    super(state, env);
    this.#object = ObjectEntry.open(state, env);
  }

  fetch(request) {
    return this.#object.fetch(request);
  }

  alarm(invocation) {
    return this.#object.alarm(invocation);
  }

  webSocketMessage(socket, frame) {
    return this.#object.webSocketMessage(socket, frame);
  }

  webSocketClose(socket, code, reason, clean) {
    return this.#object.webSocketClose(socket, code, reason, clean);
  }

  webSocketError(socket, error) {
    return this.#object.webSocketError(socket, error);
  }
}
