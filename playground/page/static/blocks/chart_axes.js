// The frame of a chart with axes: where a value and a category stand.

import { shape } from "./nodes.js";

const LINES = 5;
const CROWDED = 6;
// About as wide as a letter of a name, the gap between two names, and what the figures take on the left.
const LETTER = 6.4;
const GAP = 8;
const FRAME = 60;

/**
 * @returns {{node: Element, zero: Element, x: (index: number) => number, y: (value: number) => number, band: number}}
 */
export function drawAxes({ chart, width, height, written }) {
  const categories = chart.axis_config?.categories ?? [];
  const values = (chart.series ?? []).flatMap((each) => each.data.map((point) => point.value));
  const ticks = ticksOf(Math.min(0, ...values), Math.max(0, ...values), values.every(Number.isInteger));
  const labels = ticks.map(written);
  const longest = Math.max(0, ...categories.map((each) => each.length));
  const isCrowded = categories.length > CROWDED || longest * LETTER + GAP > (width - FRAME) / categories.length;
  const { x_label: xLabel, y_label: yLabel } = chart.axis_config ?? {};
  const figures = 14 + 7 * Math.max(...labels.map((label) => label.length)) + (yLabel ? 18 : 0);
  // A slanted name begins left of its column.
  const left = Math.max(figures, isCrowded ? 5 * categories[0].length : 0);
  const box = { left, right: width - 10, top: 12, bottom: height - (isCrowded ? 22 + 4.3 * longest : 26) - (xLabel ? 18 : 0) };
  const band = (box.right - box.left) / Math.max(1, categories.length);
  const x = (index) => box.left + band * (index + 0.5);
  const y = (value) => box.bottom - ((value - ticks[0]) / (ticks.at(-1) - ticks[0])) * (box.bottom - box.top);

  const across = (kind, value) => shape("line", { class: kind, x1: box.left, x2: box.right, y1: y(value), y2: y(value) });
  const grid = ticks.map((tick, index) => [
    across("grid", tick),
    shape("text", { class: "tick", x: box.left - 6, y: y(tick) + 4, "text-anchor": "end" }, labels[index]),
  ]);
  const names = categories.map((category, index) => drawCategory(category, x(index), box.bottom + 16, isCrowded));
  const title = (text, attributes) => (text ? [shape("text", { class: "axis-title", "text-anchor": "middle", ...attributes }, text)] : []);
  const node = shape(
    "g",
    {},
    ...grid.flat(),
    ...names,
    ...title(xLabel, { x: (box.left + box.right) / 2, y: height - 6 }),
    ...title(yLabel, { transform: `translate(13 ${(box.top + box.bottom) / 2}) rotate(-90)` }),
  );
  return { node, zero: across("axis", 0), x, y, band };
}

function drawCategory(category, x, y, isCrowded) {
  const attributes = isCrowded ? { transform: `translate(${x + 4} ${y - 4}) rotate(-40)`, "text-anchor": "end" } : { x, y, "text-anchor": "middle" };
  return shape("text", { class: "tick", ...attributes }, category);
}

/** Round figures from below the least to above the greatest; between whole things there is nothing. */
function ticksOf(least, greatest, areWhole) {
  const raw = (greatest - least || 1) / (LINES - 1);
  const power = 10 ** Math.floor(Math.log10(raw));
  const steps = [1, 2, 2.5, 5, 10].map((factor) => factor * power);
  const step = steps.find((each) => each >= raw * 0.999 && (!areWhole || Number.isInteger(each)));
  const ticks = [];
  for (let index = Math.floor(least / step + 1e-9); ticks.length < 2 || ticks.at(-1) < greatest - step * 1e-9; index += 1) {
    ticks.push(Number((index * step).toPrecision(12)));
  }
  return ticks;
}
