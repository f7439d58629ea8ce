import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();

const raw = (to) =>
  `From: sender@example.com\r\nTo: ${to}\r\nSubject: Hello\r\nMessage-ID: <1@example.com>\r\n\r\nthe body\r\n`;

test("an e-mail is sent; an address that is not allowed is refused", async () => {
  assert.equal((await worker.fetch("/email/send")).status, 204);
  assert.match((await worker.json("/email/refused")).address, /^JsException: .*other@example\.com/);
});

test("an e-mail that arrives is read and forwarded, or refused with a reason", async () => {
  const taken = await worker.handle.email({ from: "sender@example.com", to: "me@example.com", raw: raw("me@example.com") });
  assert.equal(taken.outcome, "ok");
  const refused = await worker.handle.email({
    from: "sender@example.com",
    to: "refused@example.com",
    raw: raw("refused@example.com"),
  });
  assert.equal(refused.rejectReason ?? refused.rejected ?? JSON.stringify(refused), "not wanted here");
  const { notes } = await worker.json("/object/email/notes/list");
  const common = { from: "sender@example.com", subject: "Hello", whole: true };
  assert.deepEqual(notes, [
    { ...common, to: "me@example.com" },
    { ...common, to: "refused@example.com" },
  ]);
});
