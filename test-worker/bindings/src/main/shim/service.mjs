// Another Worker's entrypoint, as a service binding and its RPC reach it.
import { WorkerEntrypoint } from "cloudflare:workers";

export class OtherService extends WorkerEntrypoint {
  async fetch(request) {
    return new Response(`${request.method} ${request.url} ${await request.text()}`, { status: 201 });
  }

  add(a, b) {
    return a + b;
  }

  echo(value) {
    return value;
  }

  nothing() {}

  fail() {
    throw new RangeError("failed as asked");
  }
}
