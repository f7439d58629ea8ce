import { createFileRoute } from "@tanstack/react-router";

export const Route = createFileRoute("/broken")({
  loader: () => {
    throw new Error("a loader that fails");
  },
});
