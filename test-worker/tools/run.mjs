// Runs a command to its end, with its output shown.
import { spawn } from "node:child_process";

/** Rejects when the command cannot start or fails; the hint says what may be missing. */
export function run(command, args, { cwd, env = process.env, hint = "" } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: "inherit" });
    child.once("error", (error) => reject(new Error(`${command} did not start (${error.message}). ${hint}`)));
    child.once("exit", (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args.join(" ")} ended with ${signal ?? code}`)),
    );
  });
}
