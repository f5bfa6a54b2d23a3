// Slack's own markup. A text is cut from the outside in: preformatted, quotes, and then what stands in a line.

import { drawDate } from "./dates.js";
import { withEmoji } from "./emoji.js";
import { addressAt, isSafe, linked, withLinks } from "./links.js";
import { drawChannel, drawEverybody, drawPerson } from "./mentions.js";
import { fragment, node } from "./nodes.js";

const STYLES = { "*": "strong", _: "em", "~": "s" };
const JOINER = "\u2060";
const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const QUOTED = /^(?:>|&gt;) ?/;

/**
 * @param {string} text
 * @param {{bareLinks?: boolean}} [how]
 * @returns {DocumentFragment}
 */
export function drawMrkdwn(text, context, { bareLinks = true } = {}) {
  const reading = { context, bareLinks };
  const drawn = fragment();
  // The odd parts stand between two fences; an unpaired fence is text.
  const parts = String(text ?? "").split(/```([^]+?)```/);
  parts.forEach((part, index) => {
    if (index % 2) drawn.append(node("pre", {}, ...tokens(part.replace(/^\n/, ""), reading)));
    // The line feed before and after a fence is the block's own.
    else if (part) drawn.append(lines(trimmed(part, index > 0, index < parts.length - 1), reading));
  });
  return drawn;
}

function trimmed(part, isAfterFence, isBeforeFence) {
  const tail = isAfterFence ? part.replace(/^\n/, "") : part;
  return isBeforeFence ? tail.replace(/\n$/, "") : tail;
}

function lines(text, reading) {
  const drawn = fragment();
  let quote = [];
  let plain = [];
  const end = () => {
    if (plain.length) drawn.append(fragment(...inLines(plain, reading)));
    if (quote.length) drawn.append(node("blockquote", {}, ...inLines(quote, reading)));
    quote = [];
    plain = [];
  };
  for (const line of text.split("\n")) {
    const isQuote = QUOTED.test(line);
    if (isQuote ? plain.length : quote.length) end();
    if (isQuote) quote.push(line.replace(QUOTED, ""));
    else plain.push(line);
  }
  end();
  return drawn;
}

function inLines(several, reading) {
  return several.flatMap((line, index) => [...(index ? [document.createTextNode("\n")] : []), ...spans(line, reading, "")]);
}

/** @param {string} open the marks that are open already: a style does not nest in itself */
function spans(line, reading, open) {
  const drawn = [];
  let text = "";
  const flush = () => {
    drawn.push(...plainNodes(text, reading));
    text = "";
  };
  for (let at = 0; at < line.length; ) {
    const found = tokenAt(line, at, reading) ?? codeAt(line, at, reading) ?? styledAt(line, at, reading, open);
    if (found) {
      flush();
      drawn.push(found.node);
      at = found.end;
    } else {
      const passed = addressAt(line, at) || line[at];
      text += passed;
      at += passed.length;
    }
  }
  flush();
  return drawn;
}

function plainNodes(text, { bareLinks }) {
  const typed = decoded(text);
  return bareLinks ? withLinks(typed, withEmoji) : [document.createTextNode(withEmoji(typed))].filter((part) => part.data);
}

/** Entities are decoded once: `&amp;lt;` was typed as `&lt;`. */
function decoded(text) {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);
}

function codeAt(line, at, reading) {
  const end = line[at] === "`" ? closing(line, at, "`") : -1;
  return end < 0 ? null : { node: node("code", {}, ...tokens(line.slice(at + 1, end), reading)), end: end + 1 };
}

function styledAt(line, at, reading, open) {
  const mark = line[at];
  if (!(mark in STYLES) || open.includes(mark) || !opens(line, at)) return null;
  const end = closing(line, at, mark);
  if (end < 0) return null;
  return { node: node(STYLES[mark], {}, ...spans(line.slice(at + 1, end), reading, open + mark)), end: end + 1 };
}

function opens(line, at) {
  const before = line[at - 1] ?? " ";
  return !isWord(before) && before !== line[at] && before !== JOINER && !/[\s\u2060]/.test(line[at + 1] ?? " ");
}

/** Where the mark closes on this line, or -1. What stands in angle brackets or in code is passed over whole. */
function closing(line, from, mark) {
  if (line[from + 1] === mark || line[from + 1] === JOINER || line[from - 1] === JOINER) return -1;
  for (let at = from + 1; at < line.length; at += 1) {
    if (line[at] === mark && closes(line, at, mark)) return at;
    if (line[at] === "<" && mark !== "`") at = Math.max(at, line.indexOf(">", at));
    if (line[at] === "`" && mark !== "`") at = Math.max(at, line.indexOf("`", at + 1));
  }
  return -1;
}

function closes(line, at, mark) {
  const [before, after] = [line[at - 1], line[at + 1] ?? " "];
  if (before === JOINER || after === JOINER) return false;
  return mark === "`" || (!/\s/.test(before) && !isWord(after) && after !== mark);
}

function isWord(letter) {
  return /[\p{L}\p{N}]/u.test(letter);
}

/** Code and preformatted text know no styles and no emoji, but links and mentions. */
function tokens(text, reading) {
  const drawn = [];
  let from = 0;
  for (const found of text.matchAll(/<[^<>\n]+>/g)) {
    const token = tokenAt(text, found.index, reading);
    if (!token) continue;
    drawn.push(document.createTextNode(decoded(text.slice(from, found.index))), token.node);
    from = token.end;
  }
  return [...drawn, document.createTextNode(decoded(text.slice(from)))];
}

function tokenAt(line, at, { context }) {
  const found = line[at] === "<" && /^<([^<>\n]+)>/.exec(line.slice(at));
  if (!found) return null;
  const cut = found[1].indexOf("|");
  const target = cut < 0 ? found[1] : found[1].slice(0, cut);
  const label = cut < 0 ? "" : decoded(found[1].slice(cut + 1));
  return { node: drawToken(target, label, context) ?? document.createTextNode(decoded(found[0])), end: at + found[0].length };
}

function drawToken(target, label, context) {
  if (/^@[UWB]/.test(target)) return drawPerson(target.slice(1), context, label);
  if (/^#[CGD]/.test(target)) return drawChannel(target.slice(1), context, label);
  if (target.startsWith("!")) return drawCommand(target.slice(1), label, context);
  const address = decoded(target);
  if (!isSafe(address)) return null;
  return linked(address, withEmoji(label) || address.replace(/^mailto:/i, ""));
}

function drawCommand(command, label, context) {
  const [name, ...parts] = command.split("^");
  if (name === "date") {
    const [timestamp, format = "", url = ""] = parts;
    return drawDate({ timestamp, format: decoded(format), url: decoded(url), fallback: label }, context);
  }
  if (["here", "channel", "everyone"].includes(name)) return drawEverybody(name);
  if (name === "subteam") return drawEverybody(label || parts[0] || "group");
  return label ? document.createTextNode(label) : null;
}

