import { LunoraClient } from "@lunora-java/client";
import { LunoraProvider } from "@lunora-java/client/react";
import { useState, type ReactNode } from "react";
import { Links, Meta, Outlet, Scripts } from "react-router";

export function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>React Router and Lunora</title>
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <Scripts />
      </body>
    </html>
  );
}

export default function App() {
  // It connects when something is followed, which nothing is on the server.
  const [client] = useState(() => new LunoraClient({ url: typeof location === "undefined" ? "https://server.invalid" : location.origin }));
  return (
    <LunoraProvider client={client}>
      <Outlet />
    </LunoraProvider>
  );
}
