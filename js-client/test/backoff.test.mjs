import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../dist/backoff.js";
import { seededRandom } from "./support/random.mjs";

test("the ceiling doubles from 500 ms to 30 s", () => {
  const backoff = new Backoff(() => 1 - Number.EPSILON);
  const delays = Array.from({ length: 8 }, () => backoff.nextDelayMs());
  assert.deepEqual(delays, [499, 999, 1999, 3999, 7999, 15999, 29999, 29999]);
  assert.equal(backoff.failures, 8);
  backoff.reset();
  assert.equal(backoff.nextDelayMs(), 499);
});

test("the whole range below the ceiling is used", () => {
  assert.equal(new Backoff(() => 0).nextDelayMs(), 0);
  const random = seededRandom("backoff jitter");
  for (let round = 0; round < 500; round++) {
    const backoff = new Backoff(random);
    for (let failure = 0; failure < 2000; failure += 97) {
      const ceiling = Math.min(30_000, 500 * 2 ** backoff.failures);
      const delay = backoff.nextDelayMs();
      assert.ok(delay >= 0 && delay < ceiling && Number.isInteger(delay), `${delay} of ${ceiling}`);
    }
  }
});
