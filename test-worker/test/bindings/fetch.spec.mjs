import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "./harness.mjs";

const worker = startWorker();

test("a request is read: verb, path, query, header, body", async () => {
  const answer = await worker.json("/fetch/echo?q=%C3%A9+x", { method: "PUT", headers: { "x-test": "1" }, body: "hé" });
  assert.deepEqual(
    { ...answer, cfIsText: undefined },
    { method: "PUT", path: "/fetch/echo", q: "é x", header: "1", used: false, hasBody: true, body: "hé", usedAfter: true, cfIsText: undefined },
  );
});

test("a request without a body has an empty one", async () => {
  const answer = await worker.json("/fetch/echo");
  assert.deepEqual([answer.hasBody, answer.body, answer.q, answer.header], [false, "", null, null]);
});

test("headers are set, appended, deleted and listed", async () => {
  const answer = await worker.json("/fetch/headers");
  assert.deepEqual([answer.a, answer.hasB, answer.gone], ["2, 3", true, null]);
  assert.deepEqual(answer.cookies, ["a=1", "b=2"]);
  assert.deepEqual(answer.names, ["a", "b", "set-cookie"]);
  assert.match(answer.badName, /^JsException: TypeError/);
  assert.match(answer.badValue, /^JsException: TypeError/);
});

test("a URL is taken apart, changed as a copy, resolved; a relative one is refused", async () => {
  const { relative, ...url } = await worker.json("/fetch/url");
  assert.deepEqual(url, {
    href: "https://u@example.com:8443/b%20c?x=1&y=%C3%A9&x=2#h",
    origin: "https://example.com:8443",
    protocol: "https:",
    hostname: "example.com",
    port: "8443",
    path: "/b%20c",
    search: "?x=1&y=%C3%A9&x=2",
    hash: "#h",
    x: ["1", "2"],
    y: "é",
    z: null,
    with: "?x=%C3%A4&y=%C3%A9",
    unchanged: "?x=1&y=%C3%A9&x=2",
    resolved: "https://u@example.com:8443/d?e",
  });
  assert.match(relative, /^JsException: TypeError: Invalid URL/);
});

test("bytes come back as they went in", async () => {
  const body = Uint8Array.from({ length: 256 }, (_, i) => i);
  const response = await worker.fetch("/fetch/bytes", { method: "POST", body });
  assert.equal(response.headers.get("content-type"), "application/octet-stream");
  assert.equal(response.headers.get("x-made"), "yes");
  assert.deepEqual(new Uint8Array(await response.arrayBuffer()), body);
});

test("copies have bodies of their own; a body is read once", async () => {
  const { again, ...answer } = await worker.json("/fetch/copies", { method: "POST", body: "once" });
  assert.deepEqual(answer, { first: "once", second: "once", made: "mademade", madeUsed: true });
  assert.match(again, /^JsException: TypeError: Body has already been used/);
});

test("a stream made in Java is sent", async () => {
  assert.equal(await (await worker.fetch("/fetch/stream")).text(), "112233");
});

test("a source that throws, or is longer than it said, fails its reader", async () => {
  const broken = await worker.json("/fetch/source?fail=1");
  assert.equal(broken.thrown, "Java: the source broke");
  const long = await worker.json("/fetch/source");
  assert.equal(long.thrown, "none");
  assert.match(long.tooLong, /^JsException: TypeError/);
});

test("a large body is read in chunks", async () => {
  const body = new Uint8Array(300_000).fill(1);
  assert.deepEqual(await worker.json("/fetch/chunks", { method: "POST", body }), { bytes: 300_000, sum: 300_000 });
});

test("a stream is read twice after a tee, and not at all after a cancel", async () => {
  assert.deepEqual(await worker.json("/fetch/tee", { method: "POST", body: "AB" }), { first: "4142", second: "4142" });
  const { other, ...cancelled } = await worker.json("/fetch/cancel", { method: "POST", body: "AB" });
  assert.deepEqual(cancelled, { read: true, rest: null });
  assert.match(other, /^JsException: TypeError/);
});

test("redirects and empty answers", async () => {
  const redirect = await worker.fetch("/fetch/redirect", { redirect: "manual" });
  assert.deepEqual([redirect.status, redirect.headers.get("location")], [302, "https://example.com/there"]);
  const empty = await worker.fetch("/fetch/empty");
  assert.deepEqual([empty.status, await empty.text()], [204, ""]);
});

test("what the platform refuses to build arrives as its error", async () => {
  const answer = await worker.json("/fetch/refused", { method: "POST", body: "x" });
  assert.match(answer.status, /^JsException: RangeError/);
  assert.match(answer.bodyOf204, /^JsException: TypeError/);
  assert.match(answer.redirectStatus, /^JsException: RangeError/);
  assert.match(answer.inboundHeaders, /^JsException: TypeError: Can't modify immutable headers/);
  assert.match(answer.relative, /^JsException: TypeError: Invalid URL/);
  assert.match(answer.bodyOfGet, /^JsException: TypeError/);
  assert.match(answer.redirectError, /^JsException: TypeError: Invalid redirect value/);
});

async function outside() {
  return worker.outside(async (request, response) => {
    if (request.url === "/redirect") return response.writeHead(302, { location: "/there" }).end();
    if (request.url === "/there") return response.end("arrived é");
    if (request.url === "/post") {
      const chunks = await request.toArray();
      const body = Buffer.concat(chunks).toString("hex");
      const { "x-test": header = "-", "content-length": length = "-" } = request.headers;
      return response.end([request.method, body, header === "-" ? "-" : "header", length].join(" "));
    }
    if (request.url === "/slow") return undefined;
    return response.writeHead(404).end();
  });
}

test("a fetch follows redirects; any status is an answer", async () => {
  const to = await outside();
  assert.deepEqual(await worker.json(`/fetch/out?to=${to}`), {
    followed: "arrived é",
    statusText: "OK",
    missing: 404,
  });
});

// Through a stub: the harness answers outgoing requests with Node's fetch, which follows every redirect.
test("a redirect is kept when asked for, else followed", async () => {
  assert.deepEqual(await worker.json("/fetch/hop"), {
    status: 302,
    location: "https://o/object/r/life/who",
    followed: 200,
    redirected: true,
    url: "https://o/object/r/life/who",
  });
});

test("a fetch sends text, bytes, a stream, and a stream of known length", async () => {
  const to = await outside();
  assert.deepEqual(await worker.json(`/fetch/post?to=${to}`), {
    text: "POST 68c3a9 header 3",
    bytes: "PUT 00ff - 2",
    stream: "POST 313132323333 - -",
    measured: "POST 313132323333 - 6",
  });
});

test("a timeout and a refused upgrade are errors", { timeout: 20_000 }, async () => {
  const to = await outside();
  const answer = await worker.json(`/fetch/fail?to=${to}`);
  assert.match(answer.slow, /^JsException: TimeoutError/);
  // The harness answers it, not the server: see docs/BINDINGS.md.
  assert.equal(answer.noUpgrade, "Java: no upgrade: the server answered 500");
});
