// Tokens of users of the example, as `npm run token` prints them.
import { token } from "../../tools/token.mjs";

/** The header of a user's calls. */
export const bearer = (user, more) => ({ authorization: `Bearer ${token({ user, ...more })}` });

/** The query of a user's socket. */
export const inUrl = (user, more) => `?token=${encodeURIComponent(token({ user, ...more }))}`;
