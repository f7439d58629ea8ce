import type { ServerFrame } from "./frames.js";
import { isPlainObject } from "./wire/tag.js";

/** Pokes being received at once; the server sends one at a time per socket. */
export const POKES_MAX = 64;
/** Row operations held for pokes that have not ended. */
export const POKE_ROWS_MAX = 1_000_000;

/** One row's change; `value` is still in wire form and absent on delete. */
export interface RowOp {
  readonly op: string;
  readonly key: string;
  readonly value?: unknown;
}

/** What a poke says about one shape. */
export interface PokePart {
  readonly shapeId: string;
  /** As received: `readRowOp` tells whether an element is one. */
  readonly rowsPatch: readonly unknown[];
  /** Checkpoint this patch builds on, when the server tells. */
  readonly baseCheckpoint: number | undefined;
  /** The patch is the whole shape, not a change of it. */
  readonly reset: boolean;
}

/** A complete poke: all of it happened together. */
export interface Poke {
  readonly parts: readonly PokePart[];
  readonly checkpoint: number;
  readonly epoch: string | undefined;
}

/** What one frame completed, and the shapes whose parts had to be thrown away. */
export interface PokeProgress {
  readonly finished: Poke | undefined;
  readonly overflowed: readonly string[];
}

interface OpenPoke {
  readonly epoch: string | undefined;
  readonly parts: PokePart[];
}

const NOTHING: PokeProgress = { finished: undefined, overflowed: [] };

/** Collects the frames of pokes until their end, within bounds a broken server cannot exceed. */
export class PokeBuffer {
  readonly #open = new Map<string, OpenPoke>();
  #rowCount = 0;

  take(frame: ServerFrame): PokeProgress {
    const pokeId = frame["pokeId"];
    if (typeof pokeId !== "string") return NOTHING;
    switch (frame.type) {
      case "pokeStart":
        this.#forget(pokeId);
        this.#open.set(pokeId, { epoch: textOf(frame["epoch"]), parts: [] });
        return this.#bounded();
      case "pokePart":
        this.#add(pokeId, frame);
        return this.#bounded();
      case "pokeEnd":
        return { finished: this.#end(pokeId, frame), overflowed: [] };
      default:
        return NOTHING;
    }
  }

  /** The socket is gone: what has not ended never will. */
  clear(): void {
    this.#open.clear();
    this.#rowCount = 0;
  }

  #add(pokeId: string, frame: ServerFrame): void {
    const { shapeId, rowsPatch, baseCheckpoint } = frame;
    const poke = this.#open.get(pokeId);
    if (poke === undefined || typeof shapeId !== "string" || !Array.isArray(rowsPatch)) return;
    const base = typeof baseCheckpoint === "number" ? baseCheckpoint : undefined;
    this.#rowCount += rowsPatch.length;
    poke.parts.push({ shapeId, rowsPatch, baseCheckpoint: base, reset: frame["reset"] === true });
  }

  #end(pokeId: string, frame: ServerFrame): Poke | undefined {
    const poke = this.#open.get(pokeId);
    const checkpoint = frame["checkpoint"];
    this.#forget(pokeId);
    if (poke === undefined || typeof checkpoint !== "number") return undefined;
    return { parts: poke.parts, checkpoint, epoch: textOf(frame["epoch"]) ?? poke.epoch };
  }

  #bounded(): PokeProgress {
    const overflowed = new Set<string>();
    for (const [pokeId, poke] of this.#open) {
      if (this.#open.size <= POKES_MAX && this.#rowCount <= POKE_ROWS_MAX) break;
      for (const part of poke.parts) overflowed.add(part.shapeId);
      this.#forget(pokeId);
    }
    return { finished: undefined, overflowed: [...overflowed] };
  }

  #forget(pokeId: string): void {
    for (const part of this.#open.get(pokeId)?.parts ?? []) this.#rowCount -= part.rowsPatch.length;
    this.#open.delete(pokeId);
  }
}

/** @throws TypeError when it is not a row operation */
export function readRowOp(value: unknown): RowOp {
  if (isPlainObject(value) && typeof value["key"] === "string" && typeof value["op"] === "string") {
    return value as unknown as RowOp;
  }
  throw new TypeError("not a row operation");
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
