import { encodeWire } from "./encode.js";
import { isPlainObject } from "./tag.js";

/**
 * One text per value: equal values give equal text whatever the order their fields were written in. Used to
 * recognise identical subscriptions. It is not always JSON: negative zero is written `-0`.
 *
 * @throws TypeError, RangeError as `encodeWire`
 */
export function stableKey(value: unknown): string {
  return render(encodeWire(value));
}

function render(wire: unknown): string {
  if (Array.isArray(wire)) return `[${wire.map(render).join(",")}]`;
  if (isPlainObject(wire)) {
    // The default sort compares UTF-16 code units, which is the order the protocol fixes.
    const fields = Object.keys(wire).sort().map((name) => `${JSON.stringify(name)}:${render(wire[name])}`);
    return `{${fields.join(",")}}`;
  }
  return Object.is(wire, -0) ? "-0" : JSON.stringify(wire);
}
