// Rich text: sections, lists inside lists, quotes and preformatted text, made of styled leaves.

import { drawDate } from "./dates.js";
import { emojiOf } from "./emoji.js";
import { linked } from "./links.js";
import { drawChannel, drawEverybody, drawPerson } from "./mentions.js";
import { fragment, node } from "./nodes.js";

const TAGS = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code", highlight: "mark", client_highlight: "mark" };

const LEAVES = {
  text: (leaf) => document.createTextNode(leaf.text),
  link: (leaf) => linked(leaf.url, leaf.text || leaf.url),
  user: (leaf, context) => drawPerson(leaf.user_id, context),
  usergroup: (leaf) => drawEverybody(leaf.usergroup_id),
  team: (leaf) => drawEverybody(leaf.team_id),
  channel: (leaf, context) => drawChannel(leaf.channel_id, context),
  broadcast: (leaf) => drawEverybody(leaf.range),
  emoji: (leaf) => document.createTextNode(emojiOf(leaf.name) ?? fromCodePoints(leaf.unicode) ?? `:${leaf.name}:`),
  date: (leaf, context) => drawDate(leaf, context),
  color: (leaf) => node("code", {}, leaf.value),
};

/** @returns {HTMLElement} */
export function drawRichText(block, context) {
  const drawn = node("div", { class: "rich-text" });
  const lists = [];
  for (const part of block.elements ?? []) {
    if (part.type === "rich_text_list") {
      hang(drawListOf(part, context), part.indent ?? 0, lists, drawn);
    } else {
      lists.length = 0;
      drawn.append(drawPart(part, context));
    }
  }
  return drawn;
}

function drawPart(part, context) {
  if (part.type === "rich_text_preformatted") return node("pre", {}, leaves(part, context));
  if (part.type === "rich_text_quote") return node("blockquote", {}, leaves(part, context));
  return node("p", { class: "rich-text-section" }, leaves(part, context));
}

function drawListOf(part, context) {
  const isOrdered = part.style === "ordered";
  const list = node(isOrdered ? "ol" : "ul", {
    start: isOrdered && part.offset ? part.offset + 1 : null,
    class: part.border ? "list-bordered" : null,
  });
  for (const item of part.elements ?? []) list.append(node("li", {}, leaves(item, context)));
  return list;
}

/** Slack sends a list inside a list as the next list with a greater indent. */
function hang(list, indent, lists, drawn) {
  while (lists.length && lists.at(-1).indent >= indent) lists.pop();
  const above = lists.at(-1)?.list.lastElementChild;
  (above ?? drawn).append(list);
  lists.push({ list, indent });
}

function leaves(part, context) {
  return fragment(...(part.elements ?? []).map((leaf) => drawLeaf(leaf, context)));
}

function drawLeaf(leaf, context) {
  const draw = Object.hasOwn(LEAVES, leaf.type) ? LEAVES[leaf.type] : null;
  if (!draw) return document.createTextNode(leaf.text ?? leaf.fallback ?? `[${leaf.type}]`);
  return Object.keys(TAGS)
    .filter((style) => leaf.style?.[style])
    .reduce((drawn, style) => node(TAGS[style], {}, drawn), draw(leaf, context));
}

function fromCodePoints(hexadecimal) {
  if (!/^[0-9a-f]{1,6}(?:-[0-9a-f]{1,6})*$/i.test(hexadecimal ?? "")) return null;
  const points = hexadecimal.split("-").map((each) => Number.parseInt(each, 16));
  return points.every((point) => point <= 0x10ffff) ? String.fromCodePoint(...points) : null;
}
