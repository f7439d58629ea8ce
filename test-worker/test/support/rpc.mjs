// Calls over HTTP, as an outside program makes them.
import assert from "node:assert/strict";

export class Rpc {
  constructor(url) {
    this.url = `${url}/_lunora/rpc`;
  }

  /** Posts a body as it is: text, bytes, or a stream. */
  async post(body, headers = {}) {
    const response = await fetch(this.url, { method: "POST", body, headers, duplex: "half" });
    const text = await response.text();
    let json;
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
    return { status: response.status, headers: response.headers, text, json };
  }

  /** The whole response to a call. */
  send(functionPath, args = {}, headers = {}) {
    return this.post(JSON.stringify({ functionPath, args }), headers);
  }

  /** The result of a call that has to succeed. */
  async call(functionPath, args, headers) {
    const response = await this.send(functionPath, args, headers);
    assert.equal(response.status, 200, `${functionPath}: ${response.text.slice(0, 500)}`);
    return response.json.result;
  }

  /** The error of a call that has to fail with this status and code. */
  async fails(status, code, functionPath, args) {
    return refusal(await this.send(functionPath, args), status, code);
  }
}

/** The error in a response, after checking its form, its status and its code. */
export function refusal(response, status, code) {
  const shown = response.text.slice(0, 300);
  assert.equal(response.status, status, shown);
  assert.deepEqual(Object.keys(response.json ?? {}), ["error"], shown);
  const { error } = response.json;
  assert.equal(error.code, code, shown);
  assert.ok(typeof error.message === "string" && error.message.length > 0, shown);
  for (const key of Object.keys(error)) {
    assert.ok(["code", "message", "data", "hint", "docsUrl"].includes(key), `unexpected ${key} in ${shown}`);
  }
  return error;
}

/** The wire form of a bigint. */
export const big = (value) => ["$lunora.wire$", "bigint", String(value)];

let names = 0;

/** A name that no other test of the run has used. */
export const unique = (prefix) => `${prefix}-${process.pid}-${++names}`;
