import { LunoraClient } from "@lunora-java/client";
import { LunoraProvider } from "@lunora-java/client/react";
import { createRootRoute, HeadContent, Outlet, Scripts } from "@tanstack/react-router";
import { useState } from "react";

export const Route = createRootRoute({
  head: () => ({ meta: [{ charSet: "utf-8" }, { title: "TanStack Start and Lunora" }] }),
  component: Root,
});

function Root() {
  // It connects when something is followed, which nothing is on the server.
  const [client] = useState(() => new LunoraClient({ url: typeof location === "undefined" ? "https://server.invalid" : location.origin }));
  return (
    <html lang="en">
      <head>
        <HeadContent />
      </head>
      <body>
        <LunoraProvider client={client}>
          <Outlet />
        </LunoraProvider>
        <Scripts />
      </body>
    </html>
  );
}
