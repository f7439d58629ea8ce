// The picture of one target's results, as SVG: how a mutation's latency grows with the live queries
// beside it, and every workload's ratio to the hand-written Worker.
const WIDTH = 900;
const LINES = { left: 70, top: 60, width: 500, height: 260 };
const BARS = { left: 190, top: 390, width: 560, row: 20 };

const SIDES = [
  { name: "ours", column: "ours", colour: "#2563eb" },
  { name: "hand-written", column: "baseline", colour: "#6b7280" },
  { name: "scan", column: "scan", colour: "#d97706" },
  { name: "naive", column: "naive", colour: "#dc2626" },
];

/** The number of live queries, for the workloads that the lines are drawn of. */
const SIZES = [10, 100, 1000, 3000, 10_000];

/** A ratio beyond this is drawn as long as this. */
const RATIO_MAX = 4;

export function picture(target, outcomes) {
  const good = outcomes.filter(({ error }) => error === undefined);
  const ratios = good.filter(({ name }) => name !== "bundle-gzip-bytes" && !name.startsWith("micro-"));
  const height = BARS.top + 40 + ratios.length * BARS.row;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(20, 26, `Lunora for Java, ${target}: a mutation that one of so many different live queries has to hear of`, 15),
    ...lines(good),
    text(20, BARS.top - 14, "Ratio to the hand-written Worker: right of the line is better", 15),
    ...bars(ratios),
    "</svg>",
    "",
  ].join("\n");
}

function lines(outcomes) {
  const of = (size) => outcomes.find(({ name }) => name === `distinct-${size}`);
  const valueOf = (size, column) => of(size)?.[column] ?? of(size)?.rivals[column];
  const all = SIZES.flatMap((size) => SIDES.map(({ column }) => valueOf(size, column))).filter((value) => value !== undefined);
  if (all.length === 0) {
    return [text(LINES.left, LINES.top + 40, "not measured")];
  }
  const low = 10 ** Math.floor(Math.log10(Math.min(...all)));
  const high = 10 ** Math.ceil(Math.log10(Math.max(...all)));
  const x = scale(SIZES[0], SIZES.at(-1), LINES.left, LINES.left + LINES.width);
  const y = scale(low, high, LINES.top + LINES.height, LINES.top);
  const drawn = SIZES.map((size) => text(x(size), LINES.top + LINES.height + 18, size.toLocaleString("en"), 12, "middle"));
  for (let value = low; value <= high * 1.001; value *= 10) {
    drawn.push(line(LINES.left, y(value), LINES.left + LINES.width, y(value), "#e5e7eb"));
    drawn.push(text(LINES.left - 8, y(value) + 4, `${Number(value.toPrecision(1))} ms`, 12, "end"));
  }
  SIDES.forEach(({ name, column, colour }, i) => {
    const points = SIZES.map((size) => [size, valueOf(size, column)]).filter(([, value]) => value !== undefined);
    if (points.length > 0) {
      const path = points.map(([size, value]) => `${x(size).toFixed(1)},${y(value).toFixed(1)}`);
      drawn.push(`<polyline points="${path.join(" ")}" fill="none" stroke="${colour}" stroke-width="2"/>`);
      drawn.push(...path.map((point) => `<circle cx="${point.split(",")[0]}" cy="${point.split(",")[1]}" r="3" fill="${colour}"/>`));
      const legend = LINES.left + LINES.width + 40;
      drawn.push(line(legend, LINES.top + 20 + i * 22, legend + 24, LINES.top + 20 + i * 22, colour, 2));
      drawn.push(text(legend + 32, LINES.top + 24 + i * 22, name));
    }
  });
  return drawn;
}

function bars(outcomes) {
  const x = scale(1 / RATIO_MAX, RATIO_MAX, BARS.left, BARS.left + BARS.width);
  const drawn = [];
  outcomes.forEach(({ name, unit, ratio }, i) => {
    // Times are better when they are less.
    const better = unit.endsWith("/s") ? ratio : 1 / ratio;
    const end = x(Math.min(RATIO_MAX, Math.max(1 / RATIO_MAX, better)));
    const top = BARS.top + i * BARS.row;
    const [left, width] = [Math.min(end, x(1)), Math.max(1, Math.abs(end - x(1)))];
    drawn.push(text(BARS.left - 10, top + 13, name, 12, "end"));
    drawn.push(
      `<rect x="${left.toFixed(1)}" y="${top + 2}" width="${width.toFixed(1)}" height="${BARS.row - 6}"` +
        ` fill="${better >= 1 ? "#16a34a" : better >= 0.8 ? "#2563eb" : "#d97706"}"/>`,
    );
    drawn.push(text(BARS.left + BARS.width + 12, top + 13, `${ratio.toFixed(2)} (${unit})`));
  });
  const bottom = BARS.top + outcomes.length * BARS.row;
  drawn.push(line(x(1), BARS.top - 4, x(1), bottom + 4, "#111827"));
  return drawn;
}

/** A logarithmic scale. */
function scale(low, high, from, to) {
  return (value) => from + ((to - from) * Math.log(value / low)) / Math.log(high / low);
}

function text(x, y, content, size = 12, anchor = "start") {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${size}" text-anchor="${anchor}" fill="#111827">${content}</text>`;
}

function line(x1, y1, x2, y2, colour, width = 1) {
  return (
    `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}"` +
    ` stroke="${colour}" stroke-width="${width}"/>`
  );
}
