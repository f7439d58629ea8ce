// The Worker's module: each event goes to Java as it is.
import { FetchEntry, main } from "./app.mjs";
import { doubles } from "./doubles.mjs";
export { BindingsObject } from "./object.mjs";
export { OtherService } from "./service.mjs";
export { BindingsFlow } from "./workflow.mjs";

main([]);

export default {
  fetch(request, env, context) {
    return FetchEntry.fetch(request, { ...env, ...doubles }, context);
  },
  scheduled(controller, env, context) {
    return FetchEntry.scheduled(controller, env, context);
  },
  email(message, env, context) {
    return FetchEntry.email(message, env, context);
  },
  queue(batch, env, context) {
    return FetchEntry.queue(batch, env, context);
  },
};
