import { LunoraError } from "@lunora-java/client";
import { byId, make } from "./element.js";

const SHOWN_MS = 10_000;
const SHOWN_MAX = 3;

/** Tells the reader what failed and what to do about it. `doing` completes "Could not ...". */
export function showError(doing: string, thrown: unknown): void {
  const error = thrown instanceof LunoraError ? thrown : new LunoraError({ code: "PAGE_ERROR", message: String(thrown) });
  const region = byId("toasts");
  const dismiss = make("button", "toast-close", { type: "button", ariaLabel: "Dismiss" }, "×");
  const toast = make(
    "div",
    "toast",
    { role: "alert", testId: "error" },
    make("p", "toast-title", {}, `Could not ${doing}`),
    make("p", "toast-message", {}, make("code", "", {}, error.code), ` ${error.message}`),
    make("p", "toast-advice", {}, adviceFor(error)),
    dismiss,
  );
  dismiss.addEventListener("click", () => toast.remove());
  region.append(toast);
  while (region.childElementCount > SHOWN_MAX) region.firstElementChild?.remove();
  removeLater(toast);
}

/** Not while it is being read with the mouse or keyboard on it. */
function removeLater(toast: HTMLElement): void {
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) removeLater(toast);
    else toast.remove();
  }, SHOWN_MS);
}

function adviceFor(error: LunoraError): string {
  if (error.hint !== undefined) return typeof error.hint === "string" ? error.hint : error.hint.join(" ");
  switch (error.code) {
    case "NETWORK_ERROR":
    case "RPC_TIMEOUT":
      return "Check your network, then try again.";
    case "RATE_LIMITED":
    case "TOO_MANY_REQUESTS":
      return `Wait ${waitWords(error.data)}, then try again.`;
    case "BAD_REQUEST":
    case "VALIDATION_ERROR":
    case "INVALID_INPUT":
      return "Change what you wrote, then try again.";
    case "NOT_FOUND":
      return "It was probably deleted in another tab; nothing more to do.";
    case "FORBIDDEN":
    case "UNAUTHORIZED":
    case "UNAUTHENTICATED":
      return "You are not allowed to do this under this name.";
    case "FUNCTION_NOT_FOUND":
      return "Page and server are of different versions: reload the page.";
    default:
      return "Try again; if it keeps failing, tell the operator this code.";
  }
}

function waitWords(data: unknown): string {
  const waitMs = typeof data === "object" && data !== null ? (data as { retryAfterMs?: unknown }).retryAfterMs : undefined;
  return typeof waitMs === "number" ? `${Math.max(1, Math.ceil(waitMs / 1000))} s` : "a moment";
}
