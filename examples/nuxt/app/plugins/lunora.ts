import { LunoraClient } from "@lunora-java/client";

// It connects when something is followed, which nothing is on the server.
export default defineNuxtPlugin(() => ({
  provide: { lunora: new LunoraClient({ url: useRequestURL().origin }) },
}));
