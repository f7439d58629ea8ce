import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "./support/fake-clock.mjs";
import { ack, data, harness, row } from "./support/harness.mjs";

const LIST = "messages:list";
const append = (value) => (store) => {
  const rows = store.get(LIST);
  if (rows !== undefined) store.set(LIST, {}, [...rows, value]);
};

/** A harness whose mutations are answered by hand, in any order. */
async function world(first = []) {
  const answers = [];
  const fetch = () => new Promise((resolve, reject) => answers.push({
    ok: (body) => resolve(new Response(JSON.stringify({ result: null, ...body }))),
    refuse: (code) => resolve(new Response(JSON.stringify({ error: { code, message: code } }), { status: 400 })),
    lose: () => reject(new TypeError("gone")),
  }));
  const h = harness({ fetch });
  const { seen, socket } = await h.started(LIST, {});
  await socket.receive(ack("sub_1"), data("sub_1", first, 1));
  const mutate = (update, options = {}) => {
    const done = h.client.mutation("messages:send", {}, { optimistic: update, ...options });
    done.catch(() => {});
    return done;
  };
  const now = () => seen.data.at(-1);
  return { ...h, seen, socket, answers, mutate, now };
}

test("an update is on screen before the call is sent, and until the write itself is", async () => {
  const { mutate, now, answers, socket, seen } = await world(["a"]);
  const done = mutate(append("b?"));
  assert.deepEqual(now(), ["a", "b?"]);
  await settle();
  answers[0].ok({ commitCursor: 3 });
  await done;
  assert.deepEqual(now(), ["a", "b?"], "the answer alone drops nothing: that would flicker");
  await socket.receive(data("sub_1", ["a", "x"], 2));
  assert.deepEqual(now(), ["a", "x", "b?"], "replayed over a result that is older than the write");
  await socket.receive(data("sub_1", ["a", "x", "b"], 3));
  assert.deepEqual(now(), ["a", "x", "b"]);
  const told = seen.data.length;
  await socket.receive({ type: "settled", id: "sub_1", cursor: 4, epoch: "e1" });
  assert.equal(seen.data.length, told);
});

test("it is dropped by settled, resume, delta, or a frame that was quicker than the answer", async () => {
  for (const how of ["settled", "resume", "delta", "early", "new epoch"]) {
    const { mutate, now, answers, socket } = await world([row("a")]);
    const done = mutate(append(row("b?", 2)));
    await settle();
    if (how === "early") {
      await socket.receive(data("sub_1", [row("a"), row("b", 2)], 5));
      assert.equal(now().length, 3, "before the answer nobody knows that the result includes the write");
    }
    answers[0].ok({ commitCursor: 5 });
    await done;
    if (how === "settled" || how === "resume") await socket.receive({ type: how, id: "sub_1", cursor: 5, epoch: "e1" });
    if (how === "delta") await socket.receive({ type: "delta", id: "sub_1", delta: { key: "b", op: "insert", row: row("b", 2) }, cursor: 6, epoch: "e1" });
    if (how === "new epoch") await socket.receive(data("sub_1", [row("a"), row("b", 2)], 2, "e2"));
    const expected = how === "settled" || how === "resume" ? [row("a")] : [row("a"), row("b", 2)];
    assert.deepEqual(now(), expected, how);
  }
});

test("when another epoch begins before the answer, the next word on the query counts", async () => {
  const { mutate, now, answers, socket } = await world(["a"]);
  const done = mutate(append("b?"));
  await settle();
  await socket.receive(data("sub_1", ["a"], 2, "e2"));
  answers[0].ok({ commitCursor: 1_000 });
  await done;
  assert.deepEqual(now(), ["a", "b?"]);
  await socket.receive(data("sub_1", ["a", "b"], 3, "e2"));
  assert.deepEqual(now(), ["a", "b"]);
});

test("a failure rolls back, whatever kind", async () => {
  for (const how of ["refuse", "lose"]) {
    const { mutate, now, answers } = await world(["a"]);
    const done = mutate(append("b?"));
    await settle();
    answers[0][how]("FORBIDDEN");
    await assert.rejects(done);
    assert.deepEqual(now(), ["a"]);
  }
});

test("layers stack in order of their calls and leave in any order", async () => {
  const { mutate, now, answers, socket } = await world([]);
  const calls = ["1", "2", "3"].map((name) => mutate(append(name)));
  await settle();
  assert.deepEqual(now(), ["1", "2", "3"]);
  answers[1].refuse("CONFLICT");
  await calls[1].catch(() => {});
  assert.deepEqual(now(), ["1", "3"]);
  answers[2].ok({ commitCursor: 2 });
  await calls[2];
  await socket.receive(data("sub_1", ["3 real"], 2));
  assert.deepEqual(now(), ["3 real", "1"]);
});

test("several queries at once, each dropped by its own frames; absent queries are left alone", async () => {
  const { client, mutate, now, answers, socket, follow } = await world(["a"]);
  const counts = follow("messages:count", { of: "x" });
  await socket.receive(ack("sub_2"), data("sub_2", 1, 1));
  const done = mutate((store) => {
    append("b?")(store);
    for (const { args, value } of store.getAll("messages:count")) store.set("messages:count", args, value + 1);
    store.set("messages:none", {}, "never shown");
    assert.equal(store.get("messages:none"), undefined);
  });
  assert.deepEqual([now(), counts.data.at(-1)], [["a", "b?"], 2]);
  assert.deepEqual(client.peek("messages:count", { of: "x" }), { value: 2 });
  await settle();
  answers[0].ok({ commitCursor: 2 });
  await done;
  await socket.receive(data("sub_2", 2, 2));
  assert.deepEqual([now(), counts.data.at(-1)], [["a", "b?"], 2]);
  await socket.receive(data("sub_1", ["a", "b"], 2));
  assert.deepEqual([now(), counts.data.at(-1)], [["a", "b"], 2]);
  assert.equal(client.peek("messages:none"), undefined);
});

test("a query that gets no frame of its own is asked, then taken as it is", async () => {
  const { clock, mutate, now, answers, socket } = await world(["a"]);
  const done = mutate(append("b?"));
  await settle();
  answers[0].ok({ commitCursor: 9 });
  await done;
  await clock.advance(2_000);
  assert.deepEqual(socket.subscribes.map((f) => f.query.sinceSeq), [undefined, 1]);
  await socket.receive(ack("sub_1"), { type: "resume", id: "sub_1", cursor: 9, epoch: "e1" });
  assert.deepEqual(now(), ["a"]);

  const next = mutate(append("c?"));
  await settle();
  answers[1].ok({ commitCursor: 20 });
  await next;
  await clock.advance(7_999);
  assert.deepEqual(now(), ["a", "c?"]);
  await clock.advance(1);
  assert.deepEqual(now(), ["a"], "a server that never answers does not leave paint behind");
});

test("without a commit cursor the next word on the query counts", async () => {
  const { mutate, now, answers, socket } = await world(["a"]);
  const done = mutate(append("b?"));
  await settle();
  answers[0].ok({});
  await done;
  await socket.receive(ack("sub_1"));
  assert.deepEqual(now(), ["a", "b?"]);
  await socket.receive({ type: "data", id: "sub_1", data: ["a", "b"] });
  assert.deepEqual(now(), ["a", "b"]);
});

test("an update that throws is reported and changes nothing; the mutation still runs", async () => {
  const { mutate, now, answers } = await world(["a"]);
  const printed = console.error;
  const reports = [];
  console.error = (thrown) => reports.push(thrown);
  try {
    const done = mutate((store) => {
      append("half")(store);
      throw new Error("mine");
    });
    assert.deepEqual(now(), ["a"]);
    await settle();
    answers[0].ok({ commitCursor: 2 });
    await done;
    assert.equal(reports[0].message, "mine");
  } finally {
    console.error = printed;
  }
});

test("a query followed while the mutation is under way is painted too", async () => {
  const { client, follow, socket } = await world([]);
  client.mutation("w:w", {}, { optimistic: (store) => store.get("late:q") !== undefined && store.set("late:q", {}, "painted") }).catch(() => {});
  const late = follow("late:q");
  await settle();
  await socket.receive(ack("sub_2"), data("sub_2", "plain", 1));
  assert.deepEqual(late.data, ["painted"]);
});

test("no timer is left when the client closes, and none after the last layer", async () => {
  const { client, clock, mutate, answers, seen } = await world(["a"]);
  const done = mutate(append("b?"));
  await settle();
  answers[0].ok({ commitCursor: 9 });
  await done;
  seen.stop();
  client.close();
  assert.equal(clock.pending, 0);
});
