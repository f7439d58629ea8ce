import { LunoraClient } from "../../dist/index.js";
import { FakeClock, settle } from "./fake-clock.mjs";
import { fakeWebSocket } from "./fake-socket.mjs";

/** A client on a fake clock and fake sockets; `follow` subscribes and records what arrives. */
export function harness(options = {}) {
  const clock = new FakeClock();
  const network = fakeWebSocket();
  const client = new LunoraClient({
    url: "https://app.example",
    WebSocket: network.FakeSocket,
    clock,
    clientId: "me",
    random: () => 0.5,
    ...options,
  });
  const follow = (path = "messages:list", args = {}, callOptions = {}) => {
    const seen = { data: [], errors: [], resets: 0 };
    const onData = (value) => seen.data.push(value);
    const onError = (error) => seen.errors.push(error);
    seen.stop = client.subscribe(path, args, { onData, onError, onReset: () => (seen.resets += 1) }, callOptions);
    return seen;
  };
  /** Subscribes and opens the first socket. */
  const started = async (path, args) => {
    const seen = follow(path, args);
    await settle();
    await network.last().open();
    return { seen, socket: network.last() };
  };
  return { client, clock, network, follow, started };
}

export const data = (id, value, cursor, epoch = "e1") => ({ type: "data", id, data: value, cursor, epoch });
export const ack = (id) => ({ type: "ack", id });
export const row = (id, time = 1) => ({ _id: id, _creationTime: time });
