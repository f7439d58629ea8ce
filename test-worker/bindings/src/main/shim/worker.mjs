// The Worker's module: each event goes to Java as it is.
import { FetchEntry, main } from "./app.mjs";
export { BindingsObject } from "./object.mjs";

main([]);

export default {
  fetch(request, env, context) {
    return FetchEntry.fetch(request, env, context);
  },
};
