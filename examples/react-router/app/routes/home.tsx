import { useMutation, useQuery } from "@lunora-java/client/react";
import type { FormEvent } from "react";
import { useLoaderData, type LoaderFunctionArgs } from "react-router";
import { lunora } from "../lunora.server";

interface Message {
  _id: string;
  author: string;
  body: string;
}

/** What the page is made with on the server. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const channel = new URL(request.url).searchParams.get("channel") ?? "lobby";
  const answer = await context.get(lunora)("messages:list", { channel, limit: 20 });
  const { result } = await answer.json<{ result: Message[] }>();
  return { channel, messages: result };
}

export default function Home() {
  const { channel, messages: initial } = useLoaderData<typeof loader>();
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
