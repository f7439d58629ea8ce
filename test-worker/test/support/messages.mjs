// The messages of the example, written by a spec.

export function messagesOf(app) {
  const send = (channel, body = "hi", author = "ada") => app.rpc.call("messages:send", { channel, author, body });

  /** Sends n messages and gives their ids, newest first. */
  const filled = async (channel, n) => {
    const ids = [];
    for (let i = 1; i <= n; i++) ids.unshift(await send(channel, `message ${i}`));
    return ids;
  };
  return { send, filled };
}
