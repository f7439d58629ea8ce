// The inner loops of lunora.benchapp.MicroFunctions as native code does them, over the same texts.
const ROWS = 400;
const ROWS_SPLICED = 20;

const rowText = (i) =>
  `{"_id":"0b6f7a52-44f1-4c1b-9a77-c0de0000${1000 + i}","_creationTime":${1_790_000_000_000 + i}` +
  `,"channel":"channel-${i % 100}","author":"author-${i % 10}","body":"#${i}` +
  ': the quick onyx goblin jumps over a lazy dwarf while vexed zebras mend five gloves"}';

const ROWS_TEXT = `[${Array.from({ length: ROWS }, (_, i) => rowText(i)).join(",")}]`;
const ROWS_VALUE = JSON.parse(ROWS_TEXT);
const ENVELOPE =
  '{"functionPath":"messages:send","args":{"channel":"general","author":"Ann","body":"Hello to everybody in here"}}';

const times = (iterations, once) => {
  let sum = 0;
  for (let i = 0; i < iterations; i++) {
    sum += once();
  }
  return sum;
};

export const micro = {
  "micro:envelope": (iterations) =>
    times(iterations, () => {
      const { functionPath, args } = JSON.parse(ENVELOPE);
      return functionPath.length + Object.keys(args).length;
    }),
  "micro:splice": (iterations) => {
    const row = rowText(7);
    return times(iterations, () => {
      let text = '{"result":[';
      for (let r = 0; r < ROWS_SPLICED; r++) {
        text += r === 0 ? row : "," + row;
      }
      return (text + "]}").length;
    });
  },
  "micro:frame": (iterations) => {
    const head = '{"type":"delta","id":"list"';
    const tail = `,"delta":${rowText(7)}}`;
    return times(iterations, () => (head + tail).length);
  },
  "micro:parse": (iterations) => times(iterations, () => JSON.parse(ROWS_TEXT).length),
  "micro:serialise": (iterations) => times(iterations, () => JSON.stringify(ROWS_VALUE).length),
};

/** How many characters the parse and serialise loops go over each time. */
export const ROWS_TEXT_LENGTH = ROWS_TEXT.length;
