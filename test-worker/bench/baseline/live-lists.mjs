// The baseline's live queries: channel -> lists -> subscribers. A list keeps its rows in memory, so
// that an insert is answered without SQL, and its delta is serialised once for all subscribers.
export class LiveLists {
  #messages;
  #byChannel = new Map();
  #bySocket = new Map();

  /** Takes up the subscriptions in the attachments of sockets that outlived hibernation. */
  constructor(messages, sockets) {
    this.#messages = messages;
    for (const socket of sockets) {
      const attachment = socket.deserializeAttachment();
      for (const [id, args] of Object.entries(attachment.subscriptions)) {
        this.#enter(socket, attachment, id, args);
      }
    }
  }

  /** Adds a subscriber and sends it the rows as they are. */
  add(socket, attachment, id, args) {
    this.remove(socket, id);
    const { list, head } = this.#enter(socket, attachment, id, args);
    socket.send(`{"type":"data","id":${head},"data":${dataText(list.rows)}${this.#position()}`);
  }

  #enter(socket, attachment, id, args) {
    let lists = this.#byChannel.get(args.channel);
    if (lists === undefined) {
      lists = new Map();
      this.#byChannel.set(args.channel, lists);
    }
    let list = lists.get(args.limit);
    if (list === undefined) {
      list = { args, rows: this.#messages.list(args), subscribers: new Set() };
      lists.set(args.limit, list);
    }
    let own = this.#bySocket.get(socket);
    if (own === undefined) {
      own = new Map();
      this.#bySocket.set(socket, own);
    }
    const head = JSON.stringify(id);
    const subscriber = { socket, list, head, pageDelta: attachment.pageDelta, deltaHead: `{"type":"delta","id":${head}` };
    list.subscribers.add(subscriber);
    own.set(id, subscriber);
    return subscriber;
  }

  remove(socket, id) {
    const subscriber = this.#bySocket.get(socket)?.get(id);
    if (subscriber !== undefined) {
      this.#bySocket.get(socket).delete(id);
      this.#leave(subscriber);
    }
  }

  closed(socket) {
    for (const subscriber of this.#bySocket.get(socket)?.values() ?? []) {
      this.#leave(subscriber);
    }
    this.#bySocket.delete(socket);
  }

  #leave(subscriber) {
    const { list } = subscriber;
    list.subscribers.delete(subscriber);
    if (list.subscribers.size === 0) {
      const lists = this.#byChannel.get(list.args.channel);
      lists.delete(list.args.limit);
      if (lists.size === 0) {
        this.#byChannel.delete(list.args.channel);
      }
    }
  }

  /** Tells every list of the row's channel: the oldest row leaves a full list, the new one enters. */
  inserted(row) {
    const lists = this.#byChannel.get(row.channel);
    if (lists === undefined) {
      return;
    }
    for (const list of lists.values()) {
      list.rows.unshift(row);
      const left = list.rows.length > list.args.limit ? list.rows.pop() : undefined;
      this.#deliver(list, row, left);
    }
  }

  #deliver(list, row, left) {
    const position = this.#position();
    const removed =
      left && `,"delta":{"key":"${left.id}","op":"delete","table":"messages"}}`;
    const added = `,"delta":{"key":"${row.id}","op":"insert","row":${row.doc},"table":"messages"}${position}`;
    let data;
    for (const { socket, head, deltaHead, pageDelta } of list.subscribers) {
      try {
        if (pageDelta) {
          if (removed !== undefined) {
            socket.send(deltaHead + removed);
          }
          socket.send(deltaHead + added);
        } else {
          data ??= `,"data":${dataText(list.rows)}${position}`;
          socket.send(`{"type":"data","id":${head}${data}`);
        }
      } catch {
        this.closed(socket);
      }
    }
  }

  #position() {
    return `,"cursor":${this.#messages.cursor},"epoch":"${this.#messages.epoch}"}`;
  }
}

function dataText(rows) {
  return `[${rows.map((row) => row.doc).join(",")}]`;
}
