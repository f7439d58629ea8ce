// What every command does with its words, and how it says no.
import { parseArgs } from "node:util";

/** What a person has to put right: told without a stack, exit code 2. */
export class CommandError extends Error {
  name = "CommandError";

  /** @param code what the deployment called it, if it was the deployment */
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

/**
 * One of the commands below a command, by its name; undefined when somebody asks for help, which is given. Throws a
 * CommandError for another name.
 */
export function choose(commands, name, help) {
  if (name === "--help" || name === "-h") {
    console.log(help);
    return undefined;
  }
  if (name !== undefined && Object.hasOwn(commands, name)) return commands[name];
  throw new CommandError(name === undefined ? help : `there is no '${name}' here\n\n${help}`);
}

/**
 * The flags and words of a command, `{values, words}`; undefined when it was asked for help, which is given. Throws a
 * CommandError for flags and words that the command does not know.
 */
export function read(args, options, help, wordsMax = 0) {
  let parsed;
  try {
    parsed = parseArgs({ args, options: { ...options, help: { type: "boolean", short: "h" } }, allowPositionals: true });
  } catch (error) {
    throw new CommandError(`${error.message.split(". ")[0]}\n\n${help}`);
  }
  const { values, positionals: words } = parsed;
  if (values.help) {
    console.log(help);
    return undefined;
  }
  if (words.length > wordsMax) throw new CommandError(`'${words[wordsMax]}' is one word too many\n\n${help}`);
  return { values, words };
}
