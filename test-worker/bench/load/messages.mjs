// The data of the benchmark: the same rows on both sides, made up without chance.
export const CHANNELS = 100;
export const ROWS = 10_000;
export const LIST_ROWS = 20;

const WORDS = "the quick onyx goblin jumps over a lazy dwarf while vexed zebras quietly mend five boxing gloves".split(" ");

export function channel(n) {
  return `channel-${n % CHANNELS}`;
}

/** A text of 200 to 280 characters that no other number has. */
export function body(n) {
  const length = 200 + ((n * 37) % 81);
  let text = `#${n}:`;
  for (let i = n; text.length < length; i++) {
    text += " " + WORDS[(i * 7) % WORDS.length];
  }
  return text.slice(0, length);
}

export function sendCall(n) {
  return { functionPath: "messages:send", args: { channel: channel(n), author: `author-${n % 10}`, body: body(n) } };
}

export function listCall(n) {
  return { functionPath: "messages:list", args: { channel: channel(n), limit: LIST_ROWS } };
}

/** Throws unless the answer is the newest rows of that channel, newest first. */
export function checkList({ status, body: text }, n) {
  const rows = status === 200 ? JSON.parse(text).result : undefined;
  if (rows?.length !== LIST_ROWS) {
    throw new Error(`messages:list answered ${status} ${text.slice(0, 200)}`);
  }
  rows.forEach((row, i) => {
    const ordered = i === 0 || row._creationTime < rows[i - 1]._creationTime;
    if (row.channel !== channel(n) || typeof row._id !== "string" || row.body.length < 200 || !ordered) {
      throw new Error(`messages:list gave a wrong row: ${JSON.stringify(row)}`);
    }
  });
  return rows;
}

/** The id that messages:send answered; throws when it refused. */
export function sentId({ status, body: text }) {
  const id = status === 200 ? JSON.parse(text).result : undefined;
  if (typeof id !== "string" || id.length < 16) {
    throw new Error(`messages:send answered ${status} ${text.slice(0, 200)}`);
  }
  return id;
}
