// Arguments that functions have to refuse, or to take as mere text.
import assert from "node:assert/strict";
import { big } from "./rpc.mjs";

const TAG = "$lunora.wire$";

export const NOT_STRINGS = [null, 1, true, [], {}, ["x"], big(1), [TAG, "bytes", "AQID"], [TAG, "undefined"], [TAG, "date", 0]];
export const NOT_INTS = [null, "1", true, [], {}, 1.5, -0.5, 2 ** 31, -(2 ** 31) - 1, 1e300, big(1), [TAG, "nan"], [TAG, "inf"], [TAG, "undefined"]];
export const SQL = ["'; DROP TABLE messages; --", '"', "\\", "x' OR '1'='1", 'x"; DELETE FROM "messages"; --', "%", "_", "\u0000", "messages", "(SELECT 1)", "?1", "$lunora.wire$"];

/** The call of an app fails and the message names the argument. */
export const invalidBy = (app) => async (path, args, argument) => {
  const error = await app.rpc.fails(400, "VALIDATION_ERROR", path, args);
  assert.ok(error.message.includes(`args.${argument}`), `"${error.message}" does not name args.${argument}`);
};
