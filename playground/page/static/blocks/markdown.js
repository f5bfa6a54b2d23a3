// The blocks of Markdown: what a bot may write into a `markdown` block. What stands in a line: markdown_spans.js.

import { headingTag } from "./layout.js";
import { inline } from "./markdown_spans.js";
import { node } from "./nodes.js";

const DEEPEST = 20;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const RULE = /^ {0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$/;
const QUOTE = /^ {0,3}>\s?/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const ROW = /^\s*\|?.*\|.*$/;
const RULED = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

export function drawMarkdownBlock(block, context) {
  return node("div", { class: "markdown" }, ...drawLines(String(block.text ?? "").split(/\r?\n/), { context, depth: 0 }));
}

/** @param {string[]} lines */
function drawLines(lines, above) {
  const reading = { ...above, depth: above.depth + 1 };
  // Nobody nests so deep in earnest, and the stack has an end.
  if (reading.depth > DEEPEST) return inline(lines.join("\n"));
  const drawn = [];
  for (let at = 0; at < lines.length; ) {
    if (lines[at].trim() === "") {
      at += 1;
      continue;
    }
    const { made, end } = KINDS.map((kind) => kind(lines, at, reading)).find(Boolean);
    drawn.push(made);
    at = end;
  }
  return drawn;
}

/** Each takes lines from `at` on, or leaves them to the next. */
const KINDS = [fenced, heading, rule, quoted, listed, tabled, paragraph];

function fenced(lines, at) {
  const fence = FENCE.exec(lines[at])?.[1];
  if (!fence) return null;
  const closing = lines.findIndex((line, index) => index > at && line.trim().startsWith(fence));
  const end = closing < 0 ? lines.length : closing;
  return { made: node("pre", {}, node("code", {}, lines.slice(at + 1, end).join("\n"))), end: end + 1 };
}

function heading(lines, at, { context }) {
  const found = HEADING.exec(lines[at]);
  return found && { made: node(headingTag(found[1].length, context), { class: "header" }, ...inline(found[2])), end: at + 1 };
}

function rule(lines, at) {
  return RULE.test(lines[at]) ? { made: node("hr", { class: "divider" }), end: at + 1 } : null;
}

function quoted(lines, at, reading) {
  const end = runFrom(lines, at, (line) => QUOTE.test(line));
  if (end === at) return null;
  const inside = lines.slice(at, end).map((line) => line.replace(QUOTE, ""));
  return { made: node("blockquote", {}, ...drawLines(inside, reading)), end };
}

function listed(lines, at, reading) {
  const first = ITEM.exec(lines[at]);
  if (!first) return null;
  const [, indent, mark] = first;
  const isOrdered = /\d/.test(mark);
  const isNext = (line) => {
    const found = ITEM.exec(line);
    return found && found[1].length <= indent.length + 1 && /\d/.test(found[2]) === isOrdered;
  };
  const list = node(isOrdered ? "ol" : "ul", { start: isOrdered && Number.parseInt(mark, 10) !== 1 ? Number.parseInt(mark, 10) : null });
  let end = at;
  while (end < lines.length && isNext(lines[end])) {
    const from = end + 1;
    // What is set in further than the mark belongs to the item.
    end = runFrom(lines, from, (line) => line.search(/\S/) > indent.length + 1);
    list.append(drawItem(ITEM.exec(lines[from - 1])[3], lines.slice(from, end), reading));
  }
  return { made: list, end };
}

function drawItem(text, below, reading) {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(text);
  const words = task ? [document.createTextNode(task[1] === " " ? "☐ " : "☑ "), ...inline(task[2])] : inline(text);
  return node("li", task ? { class: "task" } : {}, ...words, ...drawLines(dedented(below), reading));
}

function dedented(lines) {
  const depth = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(Number.isFinite(depth) ? depth : 0));
}

function tabled(lines, at) {
  if (!ROW.test(lines[at]) || !RULED.test(lines[at + 1] ?? "") || !lines[at + 1].includes("-")) return null;
  const aligned = cells(lines[at + 1]).map((cell) => (cell.endsWith(":") ? (cell.startsWith(":") ? "center" : "right") : "left"));
  const end = runFrom(lines, at + 2, (line) => line.includes("|"));
  const row = (line, tag) =>
    node("tr", {}, ...cells(line).map((cell, index) => node(tag, { class: `align-${aligned[index] ?? "left"}`, scope: tag === "th" ? "col" : null }, ...inline(cell))));
  const table = node("table", { class: "table" },
    node("thead", {}, row(lines[at], "th")),
    node("tbody", {}, ...lines.slice(at + 2, end).map((line) => row(line, "td"))));
  return { made: node("div", { class: "table-scroll", tabindex: 0, role: "group", "aria-label": "Table" }, table), end };
}

function cells(line) {
  return line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

function paragraph(lines, at) {
  const isOther = (line) => line.trim() === "" || [FENCE, HEADING, RULE, QUOTE, ITEM].some((kind) => kind.test(line));
  const end = Math.max(at + 1, runFrom(lines, at + 1, (line) => !isOther(line)));
  return { made: node("p", {}, ...inline(lines.slice(at, end).map((line) => line.trim()).join("\n"))), end };
}

function runFrom(lines, at, belongs) {
  const end = lines.findIndex((line, index) => index >= at && !belongs(line));
  return end < 0 ? Math.max(at, lines.length) : end;
}
