// Pictures, as a block, beside a text, or among small print.

import { node } from "./nodes.js";
import { plainText } from "./text.js";

/** A picture of Slack's own file store has no address here: its description stands for it. */
export function drawPicture(image, place) {
  const address = image.image_url ?? image.slack_file?.url;
  if (!address) return node("span", { class: "picture-absent", role: "img", "aria-label": image.alt_text }, image.alt_text);
  const kind = place.block.type === "context" ? "picture-small" : "picture-thumb";
  return drawImage(address, image.alt_text, place.block === image ? "picture" : kind);
}

export function drawImage(address, description, kind) {
  return node("img", { src: address, alt: description ?? "", class: kind, loading: "lazy", referrerpolicy: "no-referrer" });
}

export function drawImageBlock(block, context) {
  return node(
    "figure",
    { class: "picture-block" },
    block.title && node("figcaption", {}, plainText(block.title)),
    drawPicture(block, { block, context }),
  );
}
