// The classic blocks: text, pictures, rows of controls.

import { drawElement } from "./elements.js";
import { drawPicture } from "./pictures.js";
import { freshId, node } from "./nodes.js";
import { drawText, plainText } from "./text.js";

export function drawSection(block, context) {
  const textId = freshId("section");
  const words = node(
    "div",
    { class: "section-words" },
    block.text ? node("div", { id: textId, class: "words" }, drawText(block.text, context)) : null,
    block.fields ? drawFields(block.fields, context) : null,
  );
  const place = { block, context, labelId: labelOf(block, textId) };
  const accessory = block.accessory && node("div", { class: "accessory" }, drawElement(block.accessory, place));
  return node("div", { class: "section" }, words, accessory);
}

/** A button and a menu have names of their own; what is picked or typed is named by the text beside it. */
function labelOf({ text, accessory }, textId) {
  return text && !["button", "overflow", "image"].includes(accessory?.type) ? textId : undefined;
}

function drawFields(fields, context) {
  return node("div", { class: "section-fields" }, ...fields.map((text) => node("div", { class: "words" }, drawText(text, context))));
}

/** Which tag a header takes depends on what stands above the blocks: `context.heading` is the level of the first. */
export function headingTag(level, context) {
  return `h${Math.min(6, (context.heading ?? 2) + Math.max(0, (level ?? 1) - 1))}`;
}

export function drawHeader(block, context) {
  return node(headingTag(block.level, context), { class: `header header-${block.level ?? 1}` }, plainText(block.text));
}

export function drawContextBlock(block, context) {
  const parts = (block.elements ?? []).map((part) =>
    part.type === "image"
      ? drawPicture(part, { block, context })
      : node("span", { class: "words" }, drawText(part, context)),
  );
  return node("div", { class: "context" }, ...parts);
}

export function drawActions(block, context) {
  return node("div", { class: "actions" }, ...(block.elements ?? []).map((element) => drawElement(element, { block, context })));
}

export function drawDivider() {
  return node("hr", { class: "divider" });
}
