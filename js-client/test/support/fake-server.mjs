/**
 * A server behind `fetch` that runs mutations for real: `log` holds the arguments of every run, and a mutation id is
 * run once and answered from memory after that. Tests break it with `before`, which may answer in its place.
 */
export class FakeServer {
  log = [];
  /** Every batch as it came: `{ calls, headers }`. */
  batches = [];
  /** Every call to `/rpc`. */
  calls = [];
  online = true;
  /** Lose the answer of the next requests, after they have run. */
  loseAnswers = 0;
  /** `(batch) => [status, body] | undefined`: answers a whole batch in place of the server. */
  before = () => undefined;
  /** `(call, run) => slot | undefined`: answers one call of a batch, `null` leaves it out. */
  slot = () => undefined;
  /** Answers of queries, by path. */
  queries = {};
  #answered = new Map();

  fetch = async (url, init) => {
    if (!this.online) throw new TypeError("fetch failed");
    const body = JSON.parse(init.body);
    const [status, answer] = String(url).endsWith("/rpc-batch") ? this.#batch(body.calls, init.headers) : this.#call(body, init.headers);
    if (this.loseAnswers > 0) {
      this.loseAnswers -= 1;
      throw new TypeError("connection reset");
    }
    return new Response(typeof answer === "string" ? answer : JSON.stringify(answer), { status });
  };

  #call(body, headers) {
    this.calls.push({ ...body, headers });
    const query = this.queries[body.functionPath];
    if (query !== undefined) return [200, { result: typeof query === "function" ? query(body.args) : query }];
    const call = { ...body, mutationId: headers["x-lunora-mutation-id"], clientId: headers["x-lunora-client-id"] };
    const { status, body: answer } = this.slot(call) ?? this.#run(call);
    return [status, answer];
  }

  #batch(calls, headers) {
    this.batches.push({ calls, headers });
    const instead = this.before({ calls, headers });
    if (instead !== undefined) return instead;
    const results = [];
    for (const call of calls) {
      const slot = this.slot(call);
      if (slot === null) continue;
      results.push({ id: call.id, ...(slot ?? this.#run(call)) });
    }
    // The order of slots is not that of the calls.
    return [200, { results: results.reverse() }];
  }

  #run(call) {
    const key = `${call.clientId}:${call.mutationId}`;
    if (!this.#answered.has(key)) {
      this.log.push(call.args);
      this.#answered.set(key, { result: this.log.length });
    }
    return { status: 200, body: { ...this.#answered.get(key), commitCursor: this.log.length } };
  }
}

export const refused = (code, status = 400, data) => ({ status, body: { error: { code, message: code, ...(data ? { data } : {}) } } });
