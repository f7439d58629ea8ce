import { isPlainObject } from "./wire/tag.js";

/** One row-level change of a query result; `row` is decoded and absent on delete. */
export interface Delta {
  readonly key: string;
  readonly op: string;
  readonly row?: unknown;
}

/** Answer of `mergeDelta` when only a fresh snapshot can say what the result is now. */
export const UNMERGEABLE: unique symbol = Symbol("unmergeable");

type Row = Record<string, unknown> & { readonly _id: string };

/**
 * Applies one delta to a query result: an array of rows, or an object whose `page` is one. Never changes its
 * input; untouched rows keep their identity so that views can skip them.
 *
 * An insert lands where `_creationTime` order puts it, or at the end. Deleting an absent row changes nothing.
 * An update of an absent row means client and server disagree, so it is `UNMERGEABLE`, like any result or row
 * of another shape.
 */
export function mergeDelta(base: unknown, delta: Delta): unknown | typeof UNMERGEABLE {
  if (Array.isArray(base)) return mergeRows(base, delta);
  if (!isPlainObject(base) || !Array.isArray(base["page"])) return UNMERGEABLE;
  const page = mergeRows(base["page"], delta);
  return page === UNMERGEABLE ? UNMERGEABLE : { ...base, page };
}

function mergeRows(rows: readonly unknown[], delta: Delta): unknown[] | typeof UNMERGEABLE {
  if (typeof delta.key !== "string" || !rows.every(isRow)) return UNMERGEABLE;
  const at = rows.findIndex((row) => row._id === delta.key);
  if (delta.op === "delete") return rows.filter((_, index) => index !== at);
  if (!isRow(delta.row) || delta.row._id !== delta.key) return UNMERGEABLE;
  if (delta.op !== "insert" && (delta.op !== "update" || at < 0)) return UNMERGEABLE;
  const merged: unknown[] = rows.slice();
  if (at >= 0) merged[at] = delta.row;
  else merged.splice(insertionIndex(rows, delta.row), 0, delta.row);
  return merged;
}

function isRow(value: unknown): value is Row {
  return isPlainObject(value) && typeof value["_id"] === "string";
}

/** The server replays this very rule before it sends an insert, so any change here breaks result order. */
function insertionIndex(rows: readonly Row[], row: Row): number {
  const time = row["_creationTime"];
  if (typeof time !== "number") return rows.length;
  const ascending = isAscending(rows);
  const at = rows.findIndex((neighbour) => {
    const other = neighbour["_creationTime"];
    return typeof other === "number" && (ascending ? other > time : other < time);
  });
  return at < 0 ? rows.length : at;
}

function isAscending(rows: readonly Row[]): boolean {
  for (let index = 1; index < rows.length; index++) {
    const before = rows[index - 1]?.["_creationTime"];
    const after = rows[index]?.["_creationTime"];
    if (typeof before === "number" && typeof after === "number" && before !== after) return before < after;
  }
  return true;
}
