import { LunoraClient, MemoryOutboxStorage, OutboxMemory } from "../../dist/index.js";
import { FakeClock, settle } from "./fake-clock.mjs";
import { FakeServer } from "./fake-server.mjs";

/** Clients of one storage, as tabs of one site. `tab()` opens one more. */
export function world(options = {}) {
  const clock = new FakeClock();
  const server = new FakeServer();
  const memory = new OutboxMemory();
  const dropped = [];
  let tabs = 0;
  const tab = (own = {}) => {
    const { offline, ...rest } = { ...options, ...own };
    const storage = new MemoryOutboxStorage(memory);
    const onDropped = (mutation, error) => dropped.push([mutation.wireArgs.n, error.code]);
    return new LunoraClient({
      url: "https://app.example",
      fetch: server.fetch,
      clock,
      random: () => 0.5,
      clientId: `tab${++tabs}`,
      offline: { storage, onDropped, ...offline },
      ...rest,
    });
  };
  return { clock, server, memory, dropped, tab };
}

/** Calls `w:w {n}` and records how it ended. */
export function write(client, n, options) {
  const ended = { n };
  client.mutation("w:w", { n }, options).then((value) => (ended.value = value), (error) => (ended.code = error.code));
  return ended;
}

/** The numbers of the mutations that ran, in order. */
export const ran = (server) => server.log.map((args) => args.n);

/** Lets the steps of the queue follow on each other. */
export const rounds = async (count = 12) => {
  for (let n = 0; n < count; n++) await settle();
};

/** The body of a refusal. */
export const envelope = (code, data) => ({ error: { code, message: code, ...(data ? { data } : {}) } });
