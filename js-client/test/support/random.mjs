/** A seeded generator of numbers in [0, 1) (mulberry32). The seed is printed; set LUNORA_SEED to repeat a run. */
export function seededRandom(name) {
  const seed = Number(process.env.LUNORA_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`# ${name}: LUNORA_SEED=${seed}`);
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
