// Links lead to the web or to a letter, never into a script.

import { node } from "./nodes.js";

const SAFE = /^(?:https?|mailto):/i;

/** @param {unknown} address */
export function isSafe(address) {
  return typeof address === "string" && SAFE.test(address.trim()) && URL.canParse(address.trim());
}

/**
 * A link that opens beside the page; its bare content where the address is none to follow.
 * @param {string} address
 * @param {Node | string} content
 */
export function linked(address, content) {
  if (!isSafe(address)) return typeof content === "string" ? document.createTextNode(content) : content;
  return node("a", { href: address.trim(), target: "_blank", rel: "noopener noreferrer" }, content);
}

const ADDRESS = /\bhttps?:\/\/[^\s<>|]*[^\s<>|.,:;!?'")\]}*_~`]/g;

/**
 * Text in which bare web addresses are links, as Slack makes them.
 * @param {string} text
 * @param {(text: string) => string} [shown] the last touch on what is no address
 * @returns {Node[]}
 */
export function withLinks(text, shown = (plain) => plain) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(ADDRESS)) {
    parts.push(document.createTextNode(shown(text.slice(from, found.index))), linked(found[0], found[0]));
    from = found.index + found[0].length;
  }
  parts.push(document.createTextNode(shown(text.slice(from))));
  return parts.filter((part) => part.textContent !== "");
}

/**
 * The bare address that begins here, or nothing: its underscores are no markup.
 * @param {string} text
 * @param {number} at
 */
export function addressAt(text, at) {
  if (text[at] !== "h") return "";
  const found = new RegExp(ADDRESS.source, "y");
  found.lastIndex = at;
  return found.exec(text)?.[0] ?? "";
}
