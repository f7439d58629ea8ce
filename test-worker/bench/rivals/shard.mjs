// The Durable Object of the hand-written rivals. They differ in one thing: how the live lists that a
// row concerns are found.
import { DurableObject } from "cloudflare:workers";
import { failure, json } from "../baseline/responses.mjs";
import { Database } from "./database.mjs";
import { Live } from "./live.mjs";
import { micro } from "./micro.mjs";
import { queries } from "./queries.mjs";

/** How often an object was constructed in this isolate. */
let wakes = 0;

export function shardClass(Matching) {
  return class extends DurableObject {
    #database;
    #live;

    constructor(state, env) {
      super(state, env);
      wakes++;
      this.#database = new Database(state.storage);
      this.#live = new Live(state, this.#database, new Matching());
      state.setWebSocketAutoResponse(new WebSocketRequestResponsePair("lunora-ping", "lunora-pong"));
    }

    async fetch(request) {
      if (request.headers.get("upgrade")?.toLowerCase() === "websocket") {
        return this.#accept();
      }
      const { functionPath, args } = JSON.parse(await request.text());
      try {
        return json(200, `{"result":${this.#call(functionPath, args ?? {})}}`, "__root__");
      } catch (error) {
        return failure(error.status ?? 500, error.code ?? "INTERNAL", error.message, "__root__");
      }
    }

    /** The result as JSON text. */
    #call(path, args) {
      switch (path) {
        case "messages:send":
          return JSON.stringify(this.#add("messages", checked(args, { channel: "string", author: "string", body: "string" })));
        case "messages:sendMany": {
          const { channel, author, bodies } = args;
          const rows = this.#database.insert("messages", bodies.map((body) => ({ channel, author, body })));
          this.#live.writtenMany("messages", rows);
          return JSON.stringify(rows.map(({ id }) => id));
        }
        case "offers:add":
          return JSON.stringify(
            this.#add("offers", checked(args, { shop: "string", price: "number", rating: "number", title: "string" })),
          );
        case "probe:runs":
          return String(this.#live.runs);
        case "probe:wakes":
          return String(wakes);
        default:
          if (path in micro) {
            return String(micro[path](args.iterations));
          }
          return this.#live.text(path, this.#checkedQuery(path, args));
      }
    }

    #add(table, fields) {
      const [row] = this.#database.insert(table, [fields]);
      this.#live.written(table, row);
      return row.id;
    }

    #checkedQuery(path, args) {
      if (!(path in queries)) {
        throw refusal(404, "FUNCTION_NOT_FOUND", `no function is named '${path}'`);
      }
      return checked(args, queries[path].args);
    }

    #accept() {
      const pair = new WebSocketPair();
      this.ctx.acceptWebSocket(pair[1]);
      pair[1].serializeAttachment({ pageDelta: false, subscriptions: {} });
      return new Response(null, { status: 101, webSocket: pair[0] });
    }

    webSocketMessage(socket, text) {
      const frame = JSON.parse(text);
      const attachment = socket.deserializeAttachment();
      switch (frame.type) {
        case "connect":
          attachment.pageDelta = frame.caps?.includes("pageDelta") ?? false;
          break;
        case "subscribe":
          this.#subscribe(socket, attachment, frame);
          break;
        case "unsubscribe":
          this.#live.remove(socket, frame.id);
          delete attachment.subscriptions[frame.id];
          socket.send(`{"type":"ack","id":${JSON.stringify(frame.id)}}`);
          break;
      }
      socket.serializeAttachment(attachment);
    }

    #subscribe(socket, attachment, { id, query }) {
      socket.send(`{"type":"ack","id":${JSON.stringify(id)}}`);
      try {
        const args = this.#checkedQuery(query.functionPath, query.args ?? {});
        attachment.subscriptions[id] = [query.functionPath, args];
        const since = { cursor: query.sinceSeq, epoch: query.sinceEpoch };
        this.#live.add(socket, attachment.pageDelta, id, query.functionPath, args, since);
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
  };
}

/** The named arguments, and no others; throws unless each has its type. */
function checked(args, types) {
  const kept = {};
  for (const [name, type] of Object.entries(types)) {
    if (typeof args[name] !== type) {
      throw refusal(400, "VALIDATION_ERROR", `args.${name}: expected a ${type}`);
    }
    kept[name] = args[name];
  }
  return kept;
}

function refusal(status, code, message) {
  return Object.assign(new Error(message), { status, code });
}
