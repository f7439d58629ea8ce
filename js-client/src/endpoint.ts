/** The addresses of one deployment. */
export interface Endpoint {
  readonly rpc: string;
  readonly rpcBatch: string;
  socket(shardKey: string | undefined, token: string | null): string;
}

/**
 * @param url where the app is served, `https://app.example` or with a path prefix; `ws(s):` is accepted too, and
 *   in a browser a relative address such as `/`
 * @throws TypeError when the address is not absolute and there is no page to resolve it against
 */
export function endpointAt(url: string | URL): Endpoint {
  const page = typeof location === "undefined" ? undefined : location.href;
  const base = new URL(url, page);
  base.protocol = base.protocol.replace(/^ws/, "http");
  base.search = "";
  base.hash = "";
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  return {
    rpc: new URL("_lunora/rpc", base).href,
    rpcBatch: new URL("_lunora/rpc-batch", base).href,
    socket(shardKey, token) {
      const address = new URL("_lunora/ws", base);
      address.protocol = address.protocol.replace(/^http/, "ws");
      if (shardKey !== undefined) address.searchParams.set("shard", shardKey);
      if (token !== null) address.searchParams.set("token", token);
      return address.href;
    },
  };
}
