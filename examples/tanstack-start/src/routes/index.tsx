import { useMutation, useQuery } from "@lunora-java/client/react";
import { createFileRoute } from "@tanstack/react-router";
import { createServerFn } from "@tanstack/react-start";
import type { FormEvent } from "react";

interface Message {
  _id: string;
  author: string;
  body: string;
}

/** What the page is made with on the server. */
const readMessages = createServerFn()
  .validator((channel: string) => channel)
  .handler(async ({ data: channel, context }): Promise<Message[]> => {
    const answer = await context.ask("messages:list", { channel, limit: 20 });
    return ((await answer.json()) as { result: Message[] }).result;
  });

export const Route = createFileRoute("/")({
  validateSearch: (search) => ({ channel: String(search.channel ?? "lobby") }),
  loaderDeps: ({ search: { channel } }) => ({ channel }),
  loader: ({ deps: { channel } }) => readMessages({ data: channel }),
  component: Home,
});

function Home() {
  const { channel } = Route.useSearch();
  const initial = Route.useLoaderData();
  const { data: messages = [] } = useQuery<Message[]>("messages:list", { channel, limit: 20 }, { initial });
  const send = useMutation("messages:send");

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const body = String(new FormData(form).get("body"));
    form.reset();
    void send.mutate({ channel, author: "guest", body });
  }

  return (
    <>
      <h1>#{channel}</h1>
      <form onSubmit={submit}>
        <input name="body" aria-label="Message" autoComplete="off" required />
        <button>Send</button>
      </form>
      {send.error && <p role="alert">{send.error.message}</p>}
      <ul>
        {messages.map(({ _id, author, body }) => (
          <li key={_id}>
            <b>{author}</b> {body}
          </li>
        ))}
      </ul>
    </>
  );
}
