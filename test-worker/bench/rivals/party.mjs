// The rival on npm partyserver: a room that broadcasts. It has no storage, one list of the newest rows in
// memory, and sends every socket the same frames.
import { Server } from "partyserver";
import { json } from "../baseline/responses.mjs";

export { default } from "../baseline/edge.mjs";

const LISTED = 20;

export class ShardDO extends Server {
  static options = { hibernate: true };
  #rows = [];
  #cursor = 0;

  async onRequest(request) {
    const { functionPath, args } = await request.json();
    if (functionPath === "messages:list") {
      return json(200, `{"result":${this.#text()}}`);
    }
    const id = crypto.randomUUID();
    const doc = JSON.stringify({ _id: id, _creationTime: Date.now() + ++this.#cursor / 1024, ...args });
    this.#rows.unshift({ id, doc });
    const left = this.#rows.length > LISTED ? this.#rows.pop() : undefined;
    if (left !== undefined) {
      this.broadcast(`{"type":"delta","id":"list","delta":{"key":"${left.id}","op":"delete","table":"messages"}}`);
    }
    this.broadcast(
      `{"type":"delta","id":"list","delta":{"key":"${id}","op":"insert","row":${doc},"table":"messages"}${this.#position()}`,
    );
    return json(200, `{"result":"${id}"}`);
  }

  onMessage(connection, text) {
    const { type, id } = JSON.parse(text);
    if (type === "subscribe") {
      connection.send(`{"type":"ack","id":"${id}"}`);
      connection.send(`{"type":"data","id":"${id}","data":${this.#text()}${this.#position()}`);
    }
  }

  #text() {
    return `[${this.#rows.map(({ doc }) => doc).join(",")}]`;
  }

  #position() {
    return `,"cursor":${this.#cursor},"epoch":"party"}`;
  }
}
