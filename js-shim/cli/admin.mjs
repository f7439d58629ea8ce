// The admin plane of a deployment, as the commands use it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "./command.mjs";

const TOO_MANY = 429;
const WAIT_MS = 1_000;
const TOKEN = "LUNORA_ADMIN_TOKEN";
/** Of an error after which nobody knows whether the request was carried out. */
export const UNREACHABLE = "UNREACHABLE";
const LOCAL = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** What the commands that ask a deployment say of it. */
export const ADMIN_HELP = `  --url URL         the deployment: LUNORA_URL or http://127.0.0.1:8787 unless given
The admin token is ${TOKEN} of the environment; for a local server also that of .dev.vars.`;

/** The token; that of the directory's .dev.vars is the local server's, and not sent anywhere else. */
function tokenFor(url) {
  if (process.env[TOKEN]) return process.env[TOKEN];
  if (!LOCAL.has(url.hostname)) throw new CommandError(`there is no admin token: set ${TOKEN} to that of ${url.origin}`);
  try {
    const found = new RegExp(`^${TOKEN}=["']?([^"'\\n]+)`, "m").exec(readFileSync(join(process.cwd(), ".dev.vars"), "utf8"));
    if (found) return found[1].trim();
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  throw new CommandError(`there is no admin token: set ${TOKEN}, or have it in .dev.vars`);
}

export class Admin {
  #url;
  #token;

  /** @param given the URL of the deployment; `LUNORA_URL` or the local server's unless there is one */
  constructor(given = process.env.LUNORA_URL || "http://127.0.0.1:8787") {
    if (!/^https?:\/\/./.test(given) || !URL.canParse(given)) throw new CommandError(`'${given}' is no URL: it begins with https://, or http:// for a local server`);
    this.#url = given.replace(/\/$/, "");
    this.#token = tokenFor(new URL(given));
  }

  /** The answer to a request, which waits where the plane is asked too often; throws for what is not a success. */
  async fetch(method, path, body, tries = 30) {
    let response;
    try {
      response = await fetch(`${this.#url}/_lunora/admin/${path}`, {
        method,
        headers: { authorization: `Bearer ${this.#token}` },
        body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
      });
    } catch (error) {
      throw new CommandError(`${this.#url} cannot be reached: ${error.cause?.message || error.cause?.code || error.message}`, UNREACHABLE);
    }
    if (response.ok) return response;
    if (response.status === TOO_MANY && tries > 0) {
      await response.body?.cancel();
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
      return this.fetch(method, path, body, tries - 1);
    }
    throw refusal(this.#url, response.status, await response.text());
  }

  async json(method, path, body) {
    const response = await this.fetch(method, path, body);
    let text;
    try {
      text = await response.text();
    } catch (error) {
      throw new CommandError(`${this.#url} broke off its answer: ${error.cause?.message ?? error.message}`, UNREACHABLE);
    }
    try {
      return JSON.parse(text);
    } catch {
      throw new CommandError(`${this.#url} answered something else than JSON: is it a Lunora deployment?`);
    }
  }
}

function refusal(url, status, text) {
  try {
    const { code, message, hint } = JSON.parse(text).error;
    return new CommandError(`${status} ${code}: ${message}${hint ? `\n${hint}` : ""}`, code);
  } catch {
    // Without a token of its own a deployment has no admin plane: its paths are nobody's.
    if (status === 404) return new CommandError(`${url} has no admin plane: it needs the secret ${TOKEN}`);
    return new CommandError(`${status} ${text.slice(0, 200)}`, status >= 500 ? UNREACHABLE : undefined);
  }
}
