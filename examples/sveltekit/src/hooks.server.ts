import type { Handle } from "@sveltejs/kit";
import { lunora } from "$lib/server/lunora";

// /_lunora/* goes to Lunora, everything else to SvelteKit.
export const handle: Handle = (input) => lunora.handle(input);
