// The workflow's class, which the platform wants in JavaScript: its run goes to Java.
import { WorkflowEntrypoint } from "cloudflare:workers";
import { FetchEntry } from "./app.mjs";

export class BindingsFlow extends WorkflowEntrypoint {
  run(event, step) {
    return FetchEntry.workflow(event, step, this.env);
  }
}
