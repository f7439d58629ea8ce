// Calls of the admin plane of a deployment.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ConfigError } from "./document.mjs";

const VARIABLE = "LUNORA_ADMIN_TOKEN";

/** The admin token: of the environment, or of a .dev.vars beside the configuration, for the local server only. */
export function tokenFor(url, directory = ".") {
  const named = process.env[VARIABLE];
  if (named) return named;
  if (!["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname)) throw new ConfigError(`set ${VARIABLE} in the environment`);
  try {
    const found = new RegExp(`^${VARIABLE}="?([^"\\n]+)`, "m").exec(readFileSync(resolve(directory, ".dev.vars"), "utf8"));
    if (found) return found[1].trim();
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  throw new ConfigError(`there is no ${VARIABLE}, in the environment or in .dev.vars`);
}

/** Posts JSON to a path of the plane and gives the answer. Rejects with a ConfigError that says what was refused. */
export async function post(url, path, body, token = tokenFor(url)) {
  let response;
  try {
    response = await fetch(new URL(path, url), {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch (error) {
    throw new ConfigError(`${url} cannot be reached: ${error.cause?.code ?? error.message}`);
  }
  const text = await response.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ConfigError(`${url} answered ${response.status}: ${text.slice(0, 200)}`);
  }
  if (!response.ok) throw new ConfigError(`${json.error?.code ?? response.status}: ${json.error?.message ?? "refused"}${json.error?.hint ? ` (${json.error.hint})` : ""}`);
  return json;
}
