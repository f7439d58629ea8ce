// The rules of a history, by the numbers of docs/TESTING.md.
const SAYS = {
  1: "at rest every client shows what the query gives",
  2: "what a client shows is the query's result at the cursor",
  3: "cursors grow, no delta is lost or doubled",
  4: "whoever sees a query touched by a write hears of it, at its commitCursor",
  5: "a mutation that is repeated has one effect and one answer",
  6: "of a mutation all rows and their log are written, or none",
  7: "reads and additions of one counter fit one order",
  11: "nothing fails, and nothing stays behind of sockets that are gone",
};

export class Violation extends Error {
  constructor(number, how) {
    super(`rule ${number} (${SAYS[number]}): ${how}`);
    this.rule = number;
  }
}

/** Throws the violation of a rule unless the condition holds. */
export function rule(number, holds, how) {
  if (!holds) throw new Violation(number, typeof how === "function" ? how() : how);
}
