import { inline } from "./document.mjs";

/** The top of a configuration, or one of its environments, which take over no binding from the top. */
export class Scope {
  #document;
  #environment;
  #missing;
  #conflicts;

  #needs;

  constructor(document, environment, needs, missing, conflicts) {
    this.#document = document;
    this.#environment = environment;
    this.#needs = needs;
    this.#missing = missing;
    this.#conflicts = conflicts;
  }

  /** The path of a setting that each environment has to have for itself. */
  own(...path) {
    return this.#environment === undefined ? path : ["env", this.#environment, ...path];
  }

  /** The path of a setting that an environment takes over from the top unless it has one. */
  inherited(...path) {
    return this.#document.get(this.own(path[0])) === undefined ? path : this.own(...path);
  }

  list(path) {
    return this.#document.list(path);
  }

  /** The first entry of a list that has all of these values. */
  find(path, wanted) {
    return this.list(path).find((entry) => Object.entries(wanted).every(([name, value]) => entry?.[name] === value));
  }

  add(path, value) {
    this.#document.append(path, value);
    this.#missing.push({ path: path.join("."), line: inline(value) });
  }

  conflict(path, text) {
    this.#conflicts.push(`${path.join(".")}: ${text}`);
  }

  /** The Worker that owns the app's classes, where a binding of one of them names it; undefined where this Worker does. */
  owner() {
    const names = this.#needs.filter(({ kind }) => kind === "object").map(({ binding }) => binding);
    const bindings = this.list(this.own("durable_objects", "bindings"));
    return bindings.find((entry) => names.includes(entry?.name) && entry.script_name !== undefined)?.script_name;
  }

  /** A name for what a binding stands for: those of the Worker, the environment and the binding. */
  resource(binding) {
    const worker = this.#document.get(["name"]) ?? "lunora";
    const parts = [worker, this.#environment, binding].filter((part) => part !== undefined);
    return parts.join("-").toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  }
}
