// An input block: a field of a form with its name, its hint, and what was wrong with it.

import { drawElement, GROUPS } from "./elements.js";
import { freshId, node, unseen } from "./nodes.js";
import { plainText } from "./text.js";

export function drawInputBlock(block, context) {
  const element = block.element ?? {};
  const controlId = freshId("field");
  const labelId = freshId("label");
  const error = context.errors?.[block.block_id];
  const errorId = error ? freshId("error") : "";
  const hintId = block.hint ? freshId("hint") : "";
  const isGroup = GROUPS.has(element.type);
  const label = node(
    isGroup ? "div" : "label",
    { id: labelId, for: isGroup ? null : controlId, class: "label" },
    plainText(block.label),
    block.optional ? node("span", { class: "label-optional" }, " (optional)") : null,
  );
  const place = {
    block,
    context,
    controlId,
    labelId,
    describedBy: [hintId, errorId].filter(Boolean).join(" "),
    isWrong: Boolean(error),
    isRequired: !block.optional && context.surface === "modal",
  };
  return node(
    "div",
    { class: error ? "input-block input-block-wrong" : "input-block" },
    label,
    drawElement(element, place),
    error ? node("p", { id: errorId, class: "field-error" }, node("span", { "aria-hidden": "true" }, "⚠ "), unseen("Error: "), error) : null,
    block.hint ? node("p", { id: hintId, class: "hint" }, plainText(block.hint)) : null,
  );
}
