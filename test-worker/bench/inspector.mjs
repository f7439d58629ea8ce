// workerd's inspector, as far as a CPU profile needs it.

/** Records the CPU profile of the Worker's isolate while the work runs. */
export async function cpuProfile(inspectorPort, work) {
  const [target] = await (await fetch(`http://127.0.0.1:${inspectorPort}/json`)).json();
  const session = await Session.open(target.webSocketDebuggerUrl);
  try {
    await session.call("Profiler.enable");
    await session.call("Profiler.setSamplingInterval", { interval: 200 });
    await session.call("Profiler.start");
    await work();
    const { profile } = await session.call("Profiler.stop");
    return profile;
  } finally {
    session.close();
  }
}

class Session {
  #socket;
  #waiting = new Map();
  #lastId = 0;

  constructor(socket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      const { id, result, error } = JSON.parse(data);
      const call = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) {
        call?.resolve(result);
      } else {
        call?.reject(new Error(`inspector: ${error.message}`));
      }
    };
  }

  static open(url) {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url);
      socket.onerror = () => reject(new Error(`the inspector refused ${url}`));
      socket.onopen = () => resolve(new Session(socket));
    });
  }

  call(method, params = {}) {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  close() {
    this.#socket.close();
  }
}
