import { useMutation, useQuery } from "@lunora-java/client/react";
import type { FormEvent } from "react";

interface Message {
  _id: string;
  author: string;
  body: string;
}

/** One channel: its newest messages, live, and a line to write in. */
export function Channel({ channel }: { channel: string }) {
  const { data: messages = [], error } = useQuery<Message[]>("messages:list", { channel, limit: 20 });
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
      {(error ?? send.error) && <p role="alert">{(error ?? send.error)?.message}</p>}
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
