/** A seeded generator of whole numbers below n (mulberry32). The seed is printed; LUNORA_SEED repeats a run. */
export function seededRandom(name) {
  const seed = Number(process.env.LUNORA_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`# ${name}: LUNORA_SEED=${seed}`);
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (n) => Math.floor(next() * n),
    pick: (list) => list[Math.floor(next() * list.length)],
  };
}
