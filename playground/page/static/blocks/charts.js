// A chart block: title, picture, legend, and the same figures as a table for whoever does not see the picture.

import { drawAxes } from "./chart_axes.js";
import { drawPie } from "./chart_pie.js";
import { drawMarks, drawSample, patterns } from "./chart_marks.js";
import { freshId, node, shape } from "./nodes.js";

const WIDTH = 480;
const HEIGHT = 280;
// On a phone the picture is drawn narrower instead of smaller, so that its words can be read.
const PHONE = matchMedia("(max-width: 30rem)");
const PHONE_WIDTH = 288;

export function drawChartBlock(block, context) {
  const chart = block.chart ?? {};
  const title = typeof block.title === "string" ? block.title : block.title?.text ?? "";
  const number = new Intl.NumberFormat(context.reader.locale || "en-US", { maximumFractionDigits: 2 });
  const width = PHONE.matches ? PHONE_WIDTH : WIDTH;
  const drawing = { chart, stem: freshId("chart"), width, height: HEIGHT, written: (value) => number.format(value) };
  const isPie = chart.type === "pie";
  const picture = shape(
    "svg",
    { class: "chart", role: "img", viewBox: `0 0 ${width} ${HEIGHT}`, "aria-label": described(title, drawing) },
    patterns(drawing.stem),
    ...(isPie ? drawPie(drawing) : drawCartesian(drawing)),
  );
  return node(
    "figure",
    { class: "chart-block" },
    node("figcaption", { class: "chart-title" }, title),
    node("div", { class: "chart-scroll", tabindex: 0, role: "group", "aria-label": `${title}, picture` }, picture),
    drawLegend(drawing),
    node("details", { class: "chart-data" }, node("summary", {}, "Show the figures"), drawFigures(title, drawing)),
  );
}

function drawCartesian(drawing) {
  const axes = drawAxes(drawing);
  // The line at zero lies over the bars that stand on it.
  return [axes.node, drawMarks(drawing, axes), axes.zero];
}

function described(title, { chart, written }) {
  if (chart.type === "pie") {
    return `${title}: pie chart. ${(chart.segments ?? []).map((each) => `${each.label} ${written(each.value)}`).join(", ")}`;
  }
  const rows = (chart.series ?? []).map((each) => `${each.name}: ${each.data.map((point) => `${point.label} ${written(point.value)}`).join(", ")}`);
  return `${title}: ${chart.type} chart. ${rows.join("; ")}`;
}

function drawLegend({ chart, stem, written }) {
  const total = (chart.segments ?? []).reduce((sum, each) => sum + each.value, 0);
  const percent = (value) => `${written(Math.round((1000 * value) / total) / 10)} %`;
  const rows = chart.type === "pie"
    ? chart.segments.map((each, index) => [index, `${index + 1}  ${each.label}: ${written(each.value)} (${percent(each.value)})`])
    : (chart.series ?? []).map((each, index) => [index, each.name]);
  return node("ul", { class: "legend" }, ...rows.map(([index, text]) => node("li", {}, drawSample(chart.type, index, stem), text)));
}

function drawFigures(title, { chart, written }) {
  const isPie = chart.type === "pie";
  const heads = isPie ? ["Part", "Value"] : [chart.axis_config?.x_label || "Category", ...(chart.series ?? []).map((each) => each.name)];
  const categories = isPie ? [] : chart.axis_config?.categories ?? [];
  const rows = isPie
    ? chart.segments.map((each) => [each.label, written(each.value)])
    : categories.map((category) => [category, ...chart.series.map((each) => pointText(each, category, written))]);
  return node("div", { class: "table-scroll", tabindex: 0, role: "group", "aria-label": `${title}, figures` },
    node("table", { class: "table" },
      node("thead", {}, node("tr", {}, ...heads.map((head, column) => node("th", { scope: "col", class: column ? "align-right" : "align-left" }, head)))),
      node("tbody", {}, ...rows.map(([name, ...values]) =>
        node("tr", {}, node("th", { scope: "row" }, name), ...values.map((value) => node("td", { class: "align-right" }, value)))))));
}

function pointText(series, category, written) {
  const point = series.data.find((each) => each.label === category);
  return point ? written(point.value) : "";
}
