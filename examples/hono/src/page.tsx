import { raw } from "hono/html";

export interface Message {
  _id: string;
  author: string;
  body: string;
}

/** The page as the server renders it; `client.ts` takes it over. */
export const Page = ({ channel, messages }: { channel: string; messages: Message[] }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>Hono and Lunora</title>
    </head>
    <body>
      <h1>#{channel}</h1>
      <form>
        <input name="body" aria-label="Message" autocomplete="off" required />
        <button>Send</button>
      </form>
      <ul>
        {messages.map(({ author, body }) => (
          <li>
            <b>{author}</b> {body}
          </li>
        ))}
      </ul>
      <script type="application/json" id="loaded">
        {raw(JSON.stringify({ channel, messages }).replaceAll("<", "\\u003c"))}
      </script>
      <script type="module" src="/client.js"></script>
    </body>
  </html>
);
