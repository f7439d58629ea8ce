// npx lunora wrangler: see HELP.
import { read } from "../cli/command.mjs";
import { reconcileFile, report } from "./index.mjs";

const HELP = `npx lunora wrangler [options]

Adds to wrangler.jsonc what the compiled app needs and it lacks: bindings, migrations, crons, queues. Nothing that is
there is changed, moved or taken away.

  --config FILE   the file (wrangler.jsonc)
  --app FILE      the compiled app's app.mjs, unless the file's alias or main leads to it
  --check         writes nothing; fails (1) and shows what is missing
  --framework     the same, for a file that a framework's adapter owns: what is shown is to be pasted there`;

const OPTIONS = {
  config: { type: "string", short: "c" },
  app: { type: "string" },
  check: { type: "boolean" },
  framework: { type: "boolean" },
};

/** The command; gives the exit code. */
export async function wrangler(args) {
  const given = read(args, OPTIONS, HELP);
  if (given === undefined) return 0;
  const { config, app, check, framework } = given.values;
  const write = !check && !framework;
  const result = await reconcileFile({ config, app, write });
  const told = report(result, write ? "got" : "lacks");
  if (told === "") {
    console.log(`${result.file} has what the app needs`);
    return 0;
  }
  if (write && result.conflicts.length === 0) {
    console.log(told);
    return 0;
  }
  console.error(told);
  if (result.conflicts.length === 0) {
    console.error(framework ? "Paste these lines into it, or into the file that your framework makes it from." : "Run `npx lunora wrangler` to add them.");
  }
  return 1;
}
