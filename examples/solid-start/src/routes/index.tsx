import { createQuery } from "@lunora-java/client/solid";
import { createAsync, useSearchParams } from "@solidjs/router";
import { For, Show } from "solid-js";
import { lunora } from "../lunora";
import { readMessages, type Message } from "../messages";

export default function Home() {
  const [search] = useSearchParams<{ channel: string }>();
  const channel = () => search.channel ?? "lobby";
  const initial = createAsync(() => readMessages(channel()), { deferStream: true });
  return (
    <>
      <h1>#{channel()}</h1>
      <Show when={initial()}>{(messages) => <Channel channel={channel()} initial={messages()} />}</Show>
    </>
  );
}

function Channel(props: { channel: string; initial: Message[] }) {
  const { channel, initial } = props;
  const messages = createQuery<Message[]>(lunora, "messages:list", { channel, limit: 20 }, { initial });

  function send(event: SubmitEvent) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const body = String(new FormData(form).get("body"));
    form.reset();
    void lunora.mutation("messages:send", { channel, author: "guest", body });
  }

  return (
    <>
      <form onSubmit={send}>
        <input name="body" aria-label="Message" autocomplete="off" required />
        <button>Send</button>
      </form>
      <Show when={messages().error}>{(error) => <p role="alert">{error().message}</p>}</Show>
      <ul>
        <For each={messages().data}>
          {({ author, body }) => (
            <li>
              <b>{author}</b> {body}
            </li>
          )}
        </For>
      </ul>
    </>
  );
}
