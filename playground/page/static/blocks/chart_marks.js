// Bars, lines and areas. Series differ by pattern, dash and marker too: colour alone is not seen by everybody.

import { shape } from "./nodes.js";

const COLOURS = 6;
const DASHES = ["", "7 4", "2 4", "10 3 2 3", "4 2", "12 5"];
const HATCHES = {
  1: "M0 8 L8 0 M-2 2 L2 -2 M6 10 L10 6",
  2: "M0 4 H8",
  3: "M4 0 V8",
  4: "M0 0 L8 8 M-2 6 L2 10 M6 -2 L10 2",
  5: "M0 4 H8 M4 0 V8",
};

const colour = (index) => `series-${(index % COLOURS) + 1}`;
// The seventh series has the first one's colour and the second one's pattern.
const variety = (index) => (index + Math.floor(index / COLOURS)) % COLOURS;

/** The hatches that are laid over the colours, in the ground's colour. */
export function patterns(stem) {
  return shape("defs", {}, ...Object.entries(HATCHES).map(([index, d]) =>
    shape("pattern", { id: `${stem}-hatch-${index}`, width: 8, height: 8, patternUnits: "userSpaceOnUse" }, shape("path", { class: "hatch", d }))));
}

/** A filled form in the series' colour with its hatch. */
export function filled(index, stem, tag, geometry) {
  const under = shape(tag, { ...geometry, class: `fill ${colour(index)}` });
  if (!(variety(index) in HATCHES)) return [under];
  return [under, shape(tag, { ...geometry, class: "hatching", fill: `url(#${stem}-hatch-${variety(index)})` })];
}

/** What the legend shows beside a name. */
export function drawSample(type, index, stem) {
  const marks = type === "line"
    ? [drawPath("line", index, "M0 8 H24"), drawMarker(index, 12, 8)]
    : filled(index, stem, "rect", { x: 2, y: 1, width: 20, height: 14 });
  return shape("svg", { class: "sample", viewBox: "0 0 24 16", width: 24, height: 16, "aria-hidden": "true" }, ...marks);
}

export function drawMarks(drawing, axes) {
  const series = drawing.chart.series ?? [];
  const categories = drawing.chart.axis_config?.categories ?? [];
  const draw = drawing.chart.type === "bar" ? drawBars : drawCourse;
  return shape("g", {}, ...series.flatMap((each, index) => {
    const points = categories.map((category, at) => ({ at, value: each.data.find((point) => point.label === category)?.value }));
    return draw({ index, count: series.length, name: each.name, categories, points: points.filter(({ value }) => value !== undefined) }, drawing, axes);
  }));
}

function drawBars({ index, count, name, categories, points }, { stem, written }, { x, y, band }) {
  const width = (band * 0.76) / count;
  return points.filter(({ value }) => value !== 0).flatMap(({ at, value }) => {
    const left = x(at) - band * 0.38 + index * width;
    const top = Math.min(y(value), y(0));
    const bars = filled(index, stem, "rect", { x: left, y: top, width: Math.max(1, width - 1), height: Math.max(1, Math.abs(y(value) - y(0))) });
    bars.at(-1).append(shape("title", {}, `${name}, ${categories[at]}: ${written(value)}`));
    return bars;
  });
}

/** A line; for an area also what lies between it and zero. */
function drawCourse({ index, name, categories, points }, { chart, stem, written }, { x, y }) {
  if (!points.length) return [];
  const course = points.map(({ at, value }, order) => `${order ? "L" : "M"}${x(at)} ${y(value)}`).join(" ");
  const closed = `${course} L${x(points.at(-1).at)} ${y(0)} L${x(points[0].at)} ${y(0)} Z`;
  const area = chart.type === "area" ? [shape("g", { class: "area" }, ...filled(index, stem, "path", { d: closed }))] : [];
  const markers = points.map(({ at, value }) => {
    const marker = drawMarker(index, x(at), y(value));
    marker.append(shape("title", {}, `${name}, ${categories[at]}: ${written(value)}`));
    return marker;
  });
  return [...area, drawPath("line", index, course), ...markers];
}

function drawPath(kind, index, d) {
  return shape("path", { class: `${kind} ${colour(index)}`, d, "stroke-dasharray": DASHES[variety(index)] || null });
}

function drawMarker(index, x, y) {
  const forms = ["M-4 0 A4 4 0 1 0 4 0 A4 4 0 1 0 -4 0", "M-4 -4 H4 V4 H-4 Z", "M0 -5 L5 4 H-5 Z", "M0 -5 L5 0 L0 5 L-5 0 Z", "M0 5 L5 -4 H-5 Z", "M-5 -1.5 H-1.5 V-5 H1.5 V-1.5 H5 V1.5 H1.5 V5 H-1.5 V1.5 H-5 Z"];
  return shape("path", { class: `fill ${colour(index)}`, d: forms[variety(index)], transform: `translate(${x} ${y})` });
}
