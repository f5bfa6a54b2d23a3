// Cards, rows of cards, boxes that fold, and alerts.

import { drawElement } from "./elements.js";
import { freshId, node, unseen } from "./nodes.js";
import { drawImage } from "./pictures.js";
import { drawRichText } from "./rich_text.js";
import { drawText, plainText } from "./text.js";

const ICONS = {
  bell: "🔔", calendar: "📅", call: "📞", check: "✓", clipboard: "📋", clock: "🕒", email: "✉", flag: "⚑", link: "🔗",
  rocket: "🚀", star: "★", tag: "🏷", user: "👤", warning: "⚠",
};
const LEVELS = { default: ["•", "Note"], info: ["ℹ", "Info"], warning: ["⚠", "Warning"], error: ["✖", "Error"], success: ["✓", "Success"] };

export function drawCard(block, context) {
  const line = (name) => block[name] && node("div", { class: `card-${name} words` }, drawText(block[name], context));
  const place = { block, context };
  return node(
    "article",
    { class: "card" },
    block.hero_image ? drawImage(block.hero_image.image_url, block.hero_image.alt_text, "card-hero") : null,
    node("div", { class: "card-head" }, drawIcon(block), node("div", {}, line("title"), line("subtitle"))),
    line("body"),
    line("subtext"),
    block.actions ? node("div", { class: "actions" }, ...block.actions.map((each) => drawElement(each, place))) : null,
  );
}

function drawIcon({ icon, slack_icon: named }) {
  if (icon?.image_url) return drawImage(icon.image_url, icon.alt_text, "card-icon");
  if (!named) return null;
  // A name without a picture here is shown by its first letter, and heard whole.
  return node("span", { class: "card-icon", role: "img", "aria-label": named.name }, (Object.hasOwn(ICONS, named.name) && ICONS[named.name]) || named.name.slice(0, 1).toUpperCase());
}

export function drawCarousel(block, context) {
  const cards = (block.elements ?? []).map((card) => node("li", {}, drawCard(card, context)));
  const row = node("ul", { class: "carousel-row", tabindex: 0, "aria-label": `${cards.length} cards` }, ...cards);
  const step = (label, sign, by) => {
    const button = node("button", { type: "button", class: "button carousel-step", "aria-label": label }, sign);
    button.addEventListener("click", () => row.scrollBy({ left: by * row.clientWidth * 0.8 }));
    return button;
  };
  return node(
    "div",
    { class: "carousel", role: "group", "aria-roledescription": "carousel", "aria-label": "Cards" },
    row,
    cards.length > 1 ? node("div", { class: "carousel-steps" }, step("Previous card", "‹", -1), step("Next card", "›", 1)) : null,
  );
}

/**
 * @param {(blocks: any[], context: any) => DocumentFragment} drawBlocks given, for a container holds blocks of any kind
 */
export function drawContainer(block, context, drawBlocks) {
  const titleId = freshId("container");
  const title = block.rich_text_title ? drawRichText(block.rich_text_title, context) : plainText(block.title);
  const head = [
    block.icon?.image_url ? drawImage(block.icon.image_url, block.icon.alt_text, "card-icon") : null,
    node("span", { class: "container-names" },
      node("span", { id: titleId, class: "container-title" }, title),
      block.subtitle ? node("span", { class: "container-subtitle" }, plainText(block.subtitle)) : null),
  ];
  const body = node("div", { class: "container-body" }, drawBlocks(block.child_blocks ?? [], context));
  const width = ["narrow", "standard", "wide", "full"].includes(block.width) ? block.width : "standard";
  if (block.is_collapsible) {
    return node("details", { class: `container container-${width}`, open: !block.default_collapsed }, node("summary", {}, ...head), body);
  }
  const headClass = block.has_header_divider ? "container-head container-head-divided" : "container-head";
  return node("div", { class: `container container-${width}`, role: "group", "aria-labelledby": titleId }, node("div", { class: headClass }, ...head), body);
}

export function drawAlert(block, context) {
  const level = Object.hasOwn(LEVELS, block.level) ? block.level : "default";
  const [sign, word] = LEVELS[level];
  return node(
    "div",
    { class: `alert alert-${level}` },
    node("span", { class: "alert-sign", "aria-hidden": "true" }, sign),
    unseen(`${word}: `),
    node("div", { class: "words" }, drawText(block.text, context)),
  );
}
