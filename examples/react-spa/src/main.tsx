import { LunoraClient } from "@lunora-java/client";
import { LunoraProvider } from "@lunora-java/client/react";
import { createRoot } from "react-dom/client";
import { Channel } from "./channel";

const client = new LunoraClient({ url: "/" });
const channel = new URLSearchParams(location.search).get("channel") ?? "lobby";

createRoot(document.getElementById("root")!).render(
  <LunoraProvider client={client}>
    <Channel channel={channel} />
  </LunoraProvider>,
);
