// A TCP proxy whose connections can be cut: what a client knows as a lost network.
import { connect, createServer } from "node:net";

export class CutProxy {
  url = "";
  #server;
  #sockets = new Set();

  /** A proxy in front of the server at that address. */
  static async start(target) {
    const proxy = new CutProxy();
    const { hostname, port } = new URL(target);
    proxy.#server = createServer((near) => {
      const far = connect({ host: hostname, port: Number(port) });
      for (const [socket, other] of [[near, far], [far, near]]) {
        proxy.#sockets.add(socket);
        socket.on("error", () => {});
        socket.on("close", () => {
          proxy.#sockets.delete(socket);
          other.destroy();
        });
      }
      near.pipe(far).pipe(near);
    });
    await new Promise((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    proxy.url = `http://127.0.0.1:${proxy.#server.address().port}`;
    return proxy;
  }

  /** Ends all connections at once, without a word to either side. */
  cut() {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async stop() {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
