// The admin plane of a deployment, as the commands use it.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const TOO_MANY = 429;
const WAIT_MS = 1_000;

export class CommandError extends Error {}

/** A secret of the environment, or of the directory's .dev.vars, which local servers read too. */
function secret(name) {
  if (process.env[name]) return process.env[name];
  try {
    return new RegExp(`^${name}="?([^"\\n]+)`, "m").exec(readFileSync(join(process.cwd(), ".dev.vars"), "utf8"))?.[1].trim();
  } catch {
    return undefined;
  }
}

export class Admin {
  #url;
  #token;

  /** @param url of the deployment; `LUNORA_URL` or the local server's unless given */
  constructor(url = process.env.LUNORA_URL ?? "http://127.0.0.1:8787") {
    this.#url = url.replace(/\/$/, "");
    this.#token = secret("LUNORA_ADMIN_TOKEN");
    if (!this.#token) throw new CommandError("there is no admin token: set LUNORA_ADMIN_TOKEN, or have it in .dev.vars");
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
      throw new CommandError(`${this.#url} cannot be reached: ${error.cause?.message ?? error.message}`);
    }
    if (response.ok) return response;
    if (response.status === TOO_MANY && tries > 0) {
      await response.body?.cancel();
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
      return this.fetch(method, path, body, tries - 1);
    }
    const text = await response.text();
    let told = text;
    try {
      const { code, message, hint } = JSON.parse(text).error;
      told = `${code}: ${message}${hint ? `\n${hint}` : ""}`;
    } catch {
      // Not ours: as it came.
    }
    throw new CommandError(`${response.status} ${told}`);
  }

  async json(method, path, body) {
    return (await this.fetch(method, path, body)).json();
  }
}
