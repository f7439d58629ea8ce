// A JSON text with comments, to which values are added and from which nothing is ever taken: what its author wrote stays
// byte for byte. (The parser's own `modify` puts a new element before the comment that belongs to the one above it.)
import { createScanner, findNodeAtLocation, getNodeValue, parseTree, printParseErrorCode } from "jsonc-parser";

const BOM = "\uFEFF";
const COMMA = 5;
const END = 17;
const LINE_LENGTH_MAX = 100;

/** A text that is no JSON with comments, or not of the shape that it has to be; the message says where. */
export class ConfigError extends Error {
  name = "ConfigError";
}

export class JsonDocument {
  #root;
  #eol;
  #unit;

  /** Throws a ConfigError for a text that is not one object, or says a thing twice. */
  constructor(text) {
    this.bom = text.startsWith(BOM) ? BOM : "";
    this.body = text.slice(this.bom.length);
    this.#eol = this.body.includes("\r\n") ? "\r\n" : "\n";
    this.#parse();
    this.#unit = this.#indentOf(this.#root.children[0]) || "  ";
  }

  #parse() {
    const errors = [];
    this.#root = parseTree(this.body, errors, { allowTrailingComma: true });
    if (errors.length > 0) {
      const [{ error, offset }] = errors;
      throw new ConfigError(`${this.#place(offset)}: ${printParseErrorCode(error)}`);
    }
    if (this.#root?.type !== "object") throw new ConfigError("the file has to be one { ... } object");
    this.#refuseRepetitions(this.#root);
  }

  #refuseRepetitions(node) {
    const names = new Set();
    for (const child of node.children ?? []) {
      if (node.type === "object") {
        const name = child.children[0].value;
        if (names.has(name)) throw new ConfigError(`${this.#place(child.offset)}: "${name}" is there twice; keep one of them`);
        names.add(name);
      }
      this.#refuseRepetitions(child);
    }
  }

  #place(offset) {
    const lines = this.body.slice(0, offset).split("\n");
    return `line ${lines.length}, column ${lines.at(-1).length + 1}`;
  }

  get text() {
    return this.bom + this.body;
  }

  /** The value at a path; undefined where there is none. */
  get(path) {
    const node = findNodeAtLocation(this.#root, path);
    return node && getNodeValue(node);
  }

  /**
   * The list at a path; an empty one where there is none. Throws a ConfigError for anything else that is there, or on the
   * way to it.
   */
  list(path) {
    for (let depth = 1; depth <= path.length; depth++) {
      const value = this.get(path.slice(0, depth));
      if (value === undefined) return [];
      const isList = Array.isArray(value);
      const right = depth === path.length ? isList : typeof value === "object" && value !== null && !isList;
      if (!right) {
        throw new ConfigError(`"${path.slice(0, depth).join(".")}" has to be ${depth === path.length ? "a list" : "an object"}`);
      }
    }
    return this.get(path);
  }

  /** The names in the object at a path, none where there is none. Throws a ConfigError for anything else that is there. */
  names(path) {
    const value = this.get(path) ?? {};
    if (typeof value !== "object" || Array.isArray(value)) throw new ConfigError(`"${path.join(".")}" has to be an object`);
    return Object.keys(value);
  }

  /** Adds a value to the list at a path, and the list and what is around it where they are missing. */
  append(path, value) {
    let depth = path.length;
    while (findNodeAtLocation(this.#root, path.slice(0, depth)) === undefined) depth--;
    const added = path.slice(depth + 1).reduceRight((inner, name) => ({ [name]: inner }), depth < path.length ? [value] : value);
    this.#insert(findNodeAtLocation(this.#root, path.slice(0, depth)), path[depth], added);
    this.#parse();
  }

  /** Adds to the end of a list, or with a name to that of an object. */
  #insert(container, name, value) {
    const close = container.offset + container.length - 1;
    const last = container.children.at(-1);
    const from = last ? last.offset + last.length : container.offset + 1;
    const lineStart = this.body.lastIndexOf("\n", close - 1) + 1;
    const ownLine = lineStart > from && this.body.slice(lineStart, close).trim() === "";
    const indent = ownLine ? this.#indentOf(last) ?? this.body.slice(lineStart, close) + this.#unit : null;
    const entry = (name === undefined ? "" : `${JSON.stringify(name)}: `) + this.#print(value, indent, name);
    const trailing = last !== undefined && this.#hasComma(from, close);
    const comma = last !== undefined && !trailing ? "," : "";
    const at = ownLine ? lineStart : close - /\s*$/.exec(this.body.slice(from, close))[0].length;
    const before = ownLine ? indent : last || container.type === "object" ? " " : "";
    const after = ownLine ? this.#eol : !last && container.type === "object" && at === close ? " " : "";
    this.body =
      this.body.slice(0, from) + comma + this.body.slice(from, at) + before + entry + (trailing ? "," : "") + after + this.body.slice(at);
  }

  /** The white space before a node that begins its line. */
  #indentOf(node) {
    if (node === undefined) return undefined;
    const before = this.body.slice(this.body.lastIndexOf("\n", node.offset) + 1, node.offset);
    return before.trim() === "" ? before : undefined;
  }

  #hasComma(from, to) {
    const scanner = createScanner(this.body.slice(from, to), true);
    for (let token = scanner.scan(); token !== END; token = scanner.scan()) {
      if (token === COMMA) return true;
    }
    return false;
  }

  /** JSON in one line where it fits, or has to; else spread from an indentation on. */
  #print(value, indent, name) {
    const flat = inline(value);
    if (indent === null || typeof value !== "object") return flat;
    const fits = indent.length + flat.length + (name?.length ?? 0) <= LINE_LENGTH_MAX;
    const nested = Object.values(value).some((each) => isObject(each) && (!Array.isArray(each) || each.some(isObject)));
    if (fits && (Array.isArray(value) || !nested)) return flat;
    const inner = indent + this.#unit;
    const parts = Array.isArray(value)
      ? value.map((each) => inner + this.#print(each, inner))
      : Object.entries(value).map(([key, each]) => `${inner}${JSON.stringify(key)}: ${this.#print(each, inner, key)}`);
    const [open, shut] = Array.isArray(value) ? "[]" : "{}";
    return open + this.#eol + parts.join(`,${this.#eol}`) + this.#eol + indent + shut;
  }
}

const isObject = (value) => typeof value === "object" && value !== null;

/** JSON in one line, with spaces as people write them. */
export function inline(value) {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{ ${Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${inline(each)}`).join(", ")} }`;
}
