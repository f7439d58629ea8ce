// The example's Worker with a second way in: /shard/<key>/<path> goes straight to the Durable Object, past the edge,
// so that a test says itself who the caller is (the x-lunora-userid headers that the edge sets) and which shard.
import worker, { ShardDO } from "../../../target/worker/worker.mjs";

export { ShardDO };

const DIRECT = /^\/shard\/([^/]+)(\/.*)$/;

export default {
  fetch(request, env, context) {
    const url = new URL(request.url);
    const [, key, path] = DIRECT.exec(url.pathname) ?? [];
    if (key === undefined) return worker.fetch(request, env, context);
    url.pathname = path;
    return env.SHARD.getByName(decodeURIComponent(key)).fetch(new Request(url, request));
  },
};
