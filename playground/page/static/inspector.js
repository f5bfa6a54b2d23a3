// What went over the wire: each request and answer with its time and what Slack's rules say of it.

import { control } from "./api.js";
import { button, make } from "./dom.js";
import { spoken } from "./notices.js";
import { on, store } from "./store.js";

const KEPT = 300;
const WAYS = { in: "bot → Slack", out: "Slack → bot", control: "page" };

export class Inspector {
  constructor(root) {
    this.root = root;
    this.rows = new Map();
    this.only = "";
    on("log", (entries) => this.take(entries));
    on("show-json", (text) => this.json(text));
  }

  async open() {
    store.thread = null;
    this.root.hidden = false;
    this.list = make("ol", { class: "wire" });
    this.rows.clear();
    this.root.replaceChildren(this.head(), make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "The wire" }, this.list));
    const entries = await spoken(() => control("log"));
    this.take((entries ?? []).slice(-KEPT));
  }

  close() {
    this.root.hidden = true;
    this.list = null;
    this.root.replaceChildren();
  }

  head() {
    const only = make(
      "select",
      { id: "wire-only" },
      ...[["", "everything"], ["out", WAYS.out], ["in", WAYS.in], ["bad", "only what went wrong"]].map(([value, text]) =>
        make("option", { value, text }),
      ),
    );
    only.addEventListener("change", () => {
      this.only = only.value;
      this.filter();
    });
    return make(
      "header",
      { class: "bar" },
      make("h2", { text: "Inspector" }),
      make("label", { for: "wire-only", class: "hidden", text: "Show" }),
      only,
      button("Clear", () => this.clear()),
      button("Close", () => this.close(), { "aria-label": "Close the inspector" }),
    );
  }

  async clear() {
    await spoken(() => control("log/clear"));
    this.rows.clear();
    this.list.replaceChildren();
  }

  take(entries) {
    if (!this.list) return;
    for (const entry of entries) {
      const known = this.rows.get(entry.n);
      if (known) known.update(entry);
      else this.add(entry);
    }
    while (this.list.children.length > KEPT) {
      this.rows.delete(Number(this.list.lastChild.dataset.n));
      this.list.lastChild.remove();
    }
    this.filter();
  }

  add(entry) {
    const row = new Row(entry);
    this.rows.set(entry.n, row);
    // What was read at the opening may come after what the stream has told.
    const older = [...this.list.children].find((each) => Number(each.dataset.n) < entry.n);
    this.list.insertBefore(row.element, older ?? null);
  }

  filter() {
    for (const row of this.list?.children ?? []) {
      const fits = !this.only || row.dataset.way === this.only || (this.only === "bad" && row.dataset.bad === "yes");
      row.hidden = !fits;
    }
  }

  json(text) {
    const dialog = make("dialog", { "aria-label": "The blocks as JSON" });
    dialog.append(make("pre", { tabindex: 0, text }), button("Close", () => dialog.close()));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }
}

/** Stays in its place when the answer comes, so that nobody's click misses it. */
class Row {
  constructor(entry) {
    this.verdict = make("span", { class: "wire-verdict" });
    this.ms = make("span", { class: "wire-ms" });
    const what = entry.kind === "api" ? entry.method : `${entry.kind} ${entry.method}`.trim();
    const summary = make(
      "summary",
      {},
      make("span", { class: "wire-way", text: WAYS[entry.direction] ?? entry.direction }),
      make("span", { class: "wire-what", text: what }),
      this.verdict,
      this.ms,
    );
    this.details = make("details", {}, summary);
    this.details.addEventListener("toggle", () => this.fill());
    this.element = make("li", { "data-n": entry.n, "data-way": entry.direction }, this.details);
    this.update(entry);
  }

  update(entry) {
    this.entry = entry;
    const bad = isBad(entry);
    this.element.dataset.bad = bad ? "yes" : "no";
    this.verdict.textContent = verdict(entry);
    this.verdict.classList.toggle("bad", bad);
    this.ms.textContent = entry.ended ? `${entry.ms.toFixed(1)} ms` : "…";
    this.fill();
  }

  /** Only what is open is written out. */
  fill() {
    const { request, answer, problems } = this.entry;
    const parts = this.details.open
      ? [["Request", request], ["Answer", answer], ["What Slack's rules say", problems?.length ? problems : "nothing to complain of"]]
      : [];
    const written = parts.flatMap(([label, content]) => [
      make("h3", { text: label }),
      make("pre", { tabindex: 0, text: typeof content === "string" ? content : JSON.stringify(content, null, 2) ?? "" }),
    ]);
    while (this.details.lastChild !== this.details.firstChild) this.details.lastChild.remove();
    this.details.append(...written);
  }
}

function isBad(entry) {
  return Boolean(entry.error || entry.fault || entry.problems?.length || entry.status >= 400);
}

/** A missed deadline is the worst that the bot can do. */
function verdict(entry) {
  if (!entry.ended) return "waiting";
  if (entry.error === "timeout") return "missed 3 s";
  if (entry.error) return entry.error;
  if (entry.fault) return `fault: ${entry.fault}`;
  if (entry.problems?.length) return `${entry.problems.length} against the rules`;
  return `${entry.status || "cut"}`;
}
