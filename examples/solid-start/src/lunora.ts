import { LunoraClient } from "@lunora-java/client";
import { isServer } from "solid-js/web";

/** It connects when something is followed, which nothing is on the server. */
export const lunora = new LunoraClient({ url: isServer ? "https://server.invalid" : location.origin });
