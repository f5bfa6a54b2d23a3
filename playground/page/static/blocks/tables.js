// Tables as they were sent, and tables to sort and to leaf through.

import { freshId, node } from "./nodes.js";
import { drawRichText } from "./rich_text.js";

const PAGE = 5;

export function drawTable(block, context) {
  const [head = [], ...rows] = block.rows ?? [];
  const classes = (index) => cellClass(block.column_settings?.[index]);
  const table = node("table", { class: "table" },
    node("thead", {}, node("tr", {}, ...head.map((cell, index) => node("th", { scope: "col", class: classes(index) }, drawCell(cell, context))))),
    node("tbody", {}, ...rows.map((row) => node("tr", {}, ...row.map((cell, index) => node("td", { class: classes(index) }, drawCell(cell, context)))))));
  return scrolling(table, "Table");
}

function cellClass(settings) {
  return `align-${settings?.align ?? "left"}${settings?.is_wrapped ? " cell-wrapped" : ""}`;
}

function scrolling(table, label) {
  // Whoever has no mouse scrolls by the keys.
  return node("div", { class: "table-scroll", tabindex: 0, role: "group", "aria-label": label }, table);
}

function drawCell(cell, context) {
  if (cell?.type === "rich_text") return drawRichText(cell, context);
  return document.createTextNode(cellText(cell, context));
}

function cellText(cell, context) {
  if (cell?.type !== "raw_number") return cell?.text ?? "";
  return cell.text ?? new Intl.NumberFormat(context.reader.locale || "en-US").format(cell.value);
}

export function drawDataTable(block, context) {
  return new DataTable(block, context).root;
}

class DataTable {
  constructor(block, context) {
    const [head = [], ...rows] = block.rows ?? [];
    this.context = context;
    this.named = block.row_header_column_index ?? 0;
    this.size = block.page_size ?? PAGE;
    this.rows = rows;
    this.shown = rows;
    this.page = 0;
    this.numeric = head.map((_, column) => rows.length > 0 && rows.every((row) => row[column]?.type === "raw_number"));
    this.sorted = { column: -1, order: "none" };
    this.heads = head.map((cell, column) => this.drawHead(cell, column));
    this.body = node("tbody");
    const captionId = freshId("caption");
    const table = node("table", { class: "table", "aria-labelledby": captionId }, node("thead", {}, node("tr", {}, ...this.heads)), this.body);
    this.count = node("span", { class: "pager-count", role: "status" });
    this.back = this.drawStep("Previous page", "‹", -1);
    this.on = this.drawStep("Next page", "›", 1);
    const pager = node("div", { class: "pager" }, this.back, this.count, this.on);
    pager.hidden = rows.length <= this.size;
    this.root = node("div", { class: "data-table" }, node("div", { id: captionId, class: "caption" }, block.caption ?? ""), scrolling(table, block.caption || "Table"), pager);
    this.paint();
  }

  drawHead(cell, column) {
    const button = node("button", { type: "button", class: "sort" }, cellText(cell, this.context), node("span", { class: "sort-sign", "aria-hidden": "true" }));
    button.addEventListener("click", () => this.sort(column));
    return node("th", { scope: "col", "aria-sort": "none", class: this.numeric[column] ? "align-right" : "align-left" }, button);
  }

  drawStep(label, sign, by) {
    const button = node("button", { type: "button", class: "button", "aria-label": label }, sign);
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      this.page += by;
      this.paint();
    });
    return button;
  }

  /** Up, down, and back to the order in which the rows were sent. */
  sort(column) {
    const next = { none: "ascending", ascending: "descending", descending: "none" };
    const order = next[this.sorted.column === column ? this.sorted.order : "none"];
    this.sorted = { column, order };
    this.heads.forEach((head, index) => head.setAttribute("aria-sort", index === column ? order : "none"));
    const turn = order === "descending" ? -1 : 1;
    this.shown = order === "none" ? this.rows : [...this.rows].sort((one, other) => turn * this.compare(one[column], other[column], column));
    this.page = 0;
    this.paint();
  }

  compare(one, other, column) {
    if (this.numeric[column]) return one.value - other.value;
    return this.sortText(one).localeCompare(this.sortText(other), this.context.reader.locale || "en-US", { numeric: true });
  }

  sortText(cell) {
    return cell?.type === "rich_text" ? drawRichText(cell, this.context).textContent : cellText(cell, this.context);
  }

  paint() {
    const from = this.page * this.size;
    const rows = this.shown.slice(from, from + this.size);
    this.body.replaceChildren(...rows.map((row) => node("tr", {}, ...row.map((cell, column) => this.drawCell(cell, column)))));
    this.count.textContent = `${from + 1} to ${from + rows.length} of ${this.shown.length}`;
    // Not `disabled`: the button that was pressed keeps the focus.
    this.back.setAttribute("aria-disabled", String(this.page === 0));
    this.on.setAttribute("aria-disabled", String(from + this.size >= this.shown.length));
  }

  drawCell(cell, column) {
    const isName = column === this.named;
    const align = this.numeric[column] ? "align-right" : "align-left";
    return node(isName ? "th" : "td", { scope: isName ? "row" : null, class: align }, drawCell(cell, this.context));
  }
}
