export interface Message {
  _id: string;
  author: string;
  body: string;
}

/** The page as the server renders it; `client.ts` takes it over. */
export function page(channel: string, messages: readonly Message[]): string {
  const loaded = JSON.stringify({ channel, messages }).replaceAll("<", "\\u003c");
  const lines = messages.map(({ author, body }) => `<li><b>${escape(author)}</b> ${escape(body)}</li>`);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Elysia and Lunora</title>
  </head>
  <body>
    <h1>#${escape(channel)}</h1>
    <form>
      <input name="body" aria-label="Message" autocomplete="off" required />
      <button>Send</button>
    </form>
    <ul>${lines.join("")}</ul>
    <script type="application/json" id="loaded">${loaded}</script>
    <script type="module" src="/client.js"></script>
  </body>
</html>
`;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);
}
