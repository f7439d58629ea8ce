// npm run --silent token -- --user ann: prints a token that the local example takes for ann's, and nothing else.
//   --ttl 60        seconds for which it is good (an hour)
//   --role admin    a claim `role`
import { createHmac, randomBytes } from "node:crypto";
import { readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The issuer and the audience of the example's tokens. */
export const EXAMPLE = "lunora-example";

const VARIABLE = "LUNORA_JWT_SECRET";

/** What the local example signs the URLs of its files with. */
export const STORAGE_VARIABLE = "LUNORA_STORAGE_SECRET";

/** Who has it is let into the admin plane of the local example. */
export const ADMIN_VARIABLE = "LUNORA_ADMIN_TOKEN";
const TTL_SECONDS = 3600;

/** A secret of the local example, that of its tokens at first, kept in a directory's .dev.vars; made the first time. */
export function secret(directory = root, variable = VARIABLE) {
  const file = join(directory, ".dev.vars");
  let variables = "";
  try {
    variables = readFileSync(file, "utf8");
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  const known = new RegExp(`^${variable}="?([^"\\n]+)`, "m").exec(variables);
  if (known) return known[1].trim();
  const fresh = randomBytes(32).toString("base64url");
  const before = variables === "" || variables.endsWith("\n") ? variables : `${variables}\n`;
  writeFileSync(file, `${before}${variable}="${fresh}"\n`, { mode: 0o600 });
  return fresh;
}

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Any token: a header and claims with an HS256 signature. */
export function sign(claims, key = secret(), header = { alg: "HS256", typ: "JWT" }) {
  const signed = `${encoded(header)}.${encoded(claims)}`;
  return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
}

/** A token of a user of the example. */
export function token({ user, ttl = TTL_SECONDS, role, key }) {
  const now = Math.floor(Date.now() / 1000);
  return sign({ iss: EXAMPLE, aud: EXAMPLE, sub: user, ...(role && { role }), iat: now, exp: now + ttl }, key);
}

function main() {
  const { values } = parseArgs({
    options: { user: { type: "string" }, ttl: { type: "string" }, role: { type: "string" }, help: { type: "boolean" } },
  });
  const ttl = Number(values.ttl ?? TTL_SECONDS);
  if (values.help || !values.user || !Number.isFinite(ttl)) {
    console.error("npm run --silent token -- --user NAME [--ttl SECONDS] [--role ROLE]");
    process.exit(values.help ? 0 : 2);
  }
  console.log(token({ user: values.user, ttl, role: values.role }));
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) main();
