// What this page cannot draw is shown as it came, so that nothing is lost from sight.

import { node } from "./nodes.js";

/** @param {"block" | "element"} what */
export function drawUnknown(given, what) {
  return node(
    "details",
    { class: `unknown-${what}` },
    node("summary", {}, `Unknown ${what}: ${given?.type}`),
    node("pre", { tabindex: 0 }, JSON.stringify(given, null, 2)),
  );
}
