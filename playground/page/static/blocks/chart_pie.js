// A pie. Each part has a number beside it, by which the legend names it.

import { filled } from "./chart_marks.js";
import { shape } from "./nodes.js";

export function drawPie({ chart, stem, width, height, written }) {
  const segments = chart.segments ?? [];
  const total = segments.reduce((sum, each) => sum + each.value, 0);
  const centre = { x: width / 2, y: height / 2 };
  const radius = height / 2 - 28;
  let turned = 0;
  return segments.flatMap((segment, index) => {
    const share = segment.value / total;
    const parts = filled(index, stem, ...slice(centre, radius, turned, share));
    parts.at(-1).append(shape("title", {}, `${segment.label}: ${written(segment.value)}`));
    const beside = at(centre, radius + 14, turned + share / 2);
    turned += share;
    return [...parts, shape("text", { class: "tick", x: beside.x, y: beside.y + 4, "text-anchor": "middle" }, String(index + 1))];
  });
}

function slice(centre, radius, from, share) {
  // An arc from a point to itself is nothing: the whole is a circle.
  if (share > 0.9999) return ["circle", { cx: centre.x, cy: centre.y, r: radius }];
  const [start, end] = [at(centre, radius, from), at(centre, radius, from + share)];
  return ["path", { d: `M${centre.x} ${centre.y} L${start.x} ${start.y} A${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${end.x} ${end.y} Z` }];
}

function at(centre, radius, turn) {
  const angle = 2 * Math.PI * turn - Math.PI / 2;
  return { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) };
}
