// The page comes to life: the list the server rendered stays until the live one is there.
import { LunoraClient, watchQuery } from "@lunora-java/client";
import type { Message } from "../page";

const { channel, messages } = JSON.parse(document.getElementById("loaded")!.textContent!) as {
  channel: string;
  messages: Message[];
};
const client = new LunoraClient({ url: "/" });
const query = watchQuery<Message[]>(client, "messages:list", { channel, limit: 20 }, { initial: messages });

query.subscribe(() => {
  const { data = [] } = query.snapshot();
  document.querySelector("ul")!.replaceChildren(...data.map(item));
});

function item({ author, body }: Message): HTMLLIElement {
  const name = document.createElement("b");
  name.textContent = author;
  const line = document.createElement("li");
  line.append(name, ` ${body}`);
  return line;
}

document.querySelector("form")!.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const body = String(new FormData(form).get("body"));
  form.reset();
  await client.mutation("messages:send", { channel, author: "guest", body });
});
