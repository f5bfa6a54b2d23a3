// What stands in a line of Markdown.

import { withEmoji } from "./emoji.js";
import { addressAt, isSafe, linked } from "./links.js";
import { node } from "./nodes.js";

const STYLES = [["***", ["strong", "em"]], ["**", ["strong"]], ["__", ["strong"]], ["~~", ["s"]], ["*", ["em"]], ["_", ["em"]]];
const LINK = /!?\[((?:[^\]\\]|\\.)*)\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/y;
const ANGLED = /<((?:https?:\/\/|mailto:)[^\s<>]+)>/y;
const ESCAPED = /\\([\\`*_{}[\]()#+\-.!~>|<])/y;

/**
 * @param {string} text
 * @param {string[]} [open] styles that are open already
 * @returns {Node[]}
 */
export function inline(text, open = []) {
  const drawn = [];
  let plain = "";
  const flush = () => {
    if (plain) drawn.push(document.createTextNode(withEmoji(plain)));
    plain = "";
  };
  for (let at = 0; at < text.length; ) {
    const escaped = matched(ESCAPED, text, at);
    const found = escaped ? null : spanAt(text, at, open);
    if (found) {
      flush();
      drawn.push(found.made);
      at = found.end;
    } else {
      plain += escaped ? escaped[1] : text[at];
      at += escaped ? 2 : 1;
    }
  }
  flush();
  return drawn;
}

function spanAt(text, at, open) {
  return codeAt(text, at) ?? linkAt(text, at, open) ?? bareAt(text, at) ?? styledAt(text, at, open);
}

function codeAt(text, at) {
  const ticks = matched(/`+/y, text, at)?.[0];
  const end = ticks ? text.indexOf(ticks, at + ticks.length) : -1;
  if (end < 0) return null;
  return { made: node("code", {}, text.slice(at + ticks.length, end).replace(/^ (.+) $/, "$1")), end: end + ticks.length };
}

function linkAt(text, at, open) {
  const found = open.includes("link") ? null : matched(LINK, text, at);
  if (!found) return null;
  const label = node("span", {}, ...inline(found[1] || found[2], [...open, "link"]));
  return { made: isSafe(found[2]) ? linked(found[2], label) : label, end: at + found[0].length };
}

function bareAt(text, at) {
  const angled = matched(ANGLED, text, at);
  const address = angled ? angled[1] : addressAt(text, at);
  if (!address) return null;
  return { made: linked(address, address.replace(/^mailto:/i, "")), end: at + (angled ? angled[0].length : address.length) };
}

function styledAt(text, at, open) {
  const [mark, tags] = STYLES.find(([each]) => text.startsWith(each, at)) ?? [];
  if (!mark || open.includes(mark) || /\s/.test(text[at + mark.length] ?? " ")) return null;
  // An underscore inside a word is part of a name.
  if (mark[0] === "_" && /[\p{L}\p{N}]/u.test(text[at - 1] ?? " ")) return null;
  const end = closing(text, at + mark.length, mark);
  if (end < 0) return null;
  const inside = inline(text.slice(at + mark.length, end), [...open, mark]);
  return { made: tags.reduceRight((drawn, tag) => [node(tag, {}, ...drawn)], inside)[0], end: end + mark.length };
}

function closing(text, from, mark) {
  for (let end = text.indexOf(mark, from + 1); end > 0; end = text.indexOf(mark, end + 1)) {
    const after = text[end + mark.length] ?? " ";
    const isLonger = mark.length === 1 && (after === mark || text[end - 1] === mark);
    const isInWord = mark[0] === "_" && /[\p{L}\p{N}]/u.test(after);
    if (!isLonger && !isInWord && !/[\s\\]/.test(text[end - 1])) return end;
  }
  return -1;
}

function matched(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
