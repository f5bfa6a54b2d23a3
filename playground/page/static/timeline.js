// The messages of one channel. Only a window of them is in the document, however many there are: pages are
// fetched at either end as it is scrolled to, and dropped at the other.

import { ask } from "./api.js";
import { keepingFocus } from "./blocks/index.js";
import { make } from "./dom.js";
import { day, drawMessage } from "./message.js";
import { spoken } from "./notices.js";
import { on, store } from "./store.js";

const PAGE = 40;
const MOST = 120;
const NEAR = 600; // pixels from an end at which the next page is fetched

export class Timeline {
  constructor(root) {
    this.root = root;
    this.list = make("div", { class: "messages" });
    this.root.append(this.list);
    this.shown = new Map(); // timestamp -> message
    this.older = false;
    this.newer = false;
    this.loading = false;
    this.turn = 0;
    this.root.addEventListener("scroll", () => this.grow(), { passive: true });
    on("messages", (news) => this.take(news));
    on("reload", () => this.open());
  }

  async open() {
    const turn = ++this.turn;
    const page = await this.read({ limit: PAGE });
    if (!page || turn !== this.turn) return;
    this.shown = new Map(page.messages.map((message) => [message.ts, message]));
    this.older = page.older;
    this.newer = false;
    this.paint();
    this.toEnd();
  }

  read(given) {
    return spoken(() => ask("history", { user: store.reader, channel: store.place, ...given }));
  }

  paint() {
    const parts = [];
    let last = "";
    for (const message of this.shown.values()) {
      const today = day(message.ts);
      if (today !== last) parts.push(this.separator(today));
      last = today;
      parts.push(drawMessage(message));
    }
    if (!parts.length) parts.push(make("p", { class: "empty", text: "Nothing here yet. Type /deal help below." }));
    this.list.replaceChildren(...parts);
  }

  separator(label) {
    return make("h2", { class: "day" }, make("span", { text: label }));
  }

  toEnd() {
    this.root.scrollTop = this.root.scrollHeight;
  }

  get atEnd() {
    return this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < 80;
  }

  async grow() {
    if (this.loading || !this.shown.size) return;
    const stamps = [...this.shown.keys()];
    const nearTop = this.root.scrollTop < NEAR && this.older;
    const nearEnd = this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < NEAR && this.newer;
    if (!nearTop && !nearEnd) return;
    this.loading = true;
    const turn = this.turn;
    const page = await this.read(nearTop ? { before: stamps[0], limit: PAGE } : { after: stamps.at(-1), limit: PAGE });
    this.loading = false;
    if (page && turn === this.turn) this.join(page, nearTop);
  }

  /** Keeps what is read in its place: the first message that stays is where it was. */
  join(page, above) {
    const anchor = this.anchor();
    const pairs = page.messages.map((message) => [message.ts, message]);
    const all = above ? [...pairs, ...this.shown] : [...this.shown, ...pairs];
    if (above) {
      this.older = page.older;
      this.newer ||= all.length > MOST;
      this.shown = new Map(all.slice(0, MOST));
    } else {
      this.newer = page.newer;
      this.older ||= all.length > MOST;
      this.shown = new Map(all.slice(-MOST));
    }
    this.paint();
    this.restore(anchor);
  }

  anchor() {
    const top = this.root.getBoundingClientRect().top;
    for (const row of this.list.querySelectorAll(".message")) {
      const box = row.getBoundingClientRect();
      if (box.bottom > top) return { ts: row.dataset.ts, offset: box.top - top };
    }
    return null;
  }

  restore(anchor) {
    const row = anchor && this.list.querySelector(`[data-ts="${CSS.escape(anchor.ts)}"]`);
    if (!row) return;
    const top = this.root.getBoundingClientRect().top;
    this.root.scrollTop += row.getBoundingClientRect().top - top - anchor.offset;
  }

  take({ changed, removed }) {
    const here = changed.filter((message) => message.channel === store.place && this.belongs(message));
    const gone = removed.filter((each) => each.channel === store.place && this.shown.has(each.ts));
    if (!here.length && !gone.length) return;
    const follow = this.atEnd;
    for (const { ts } of gone) {
      this.shown.delete(ts);
      this.list.querySelector(`[data-ts="${CSS.escape(ts)}"]`)?.remove();
    }
    for (const message of here.sort((a, b) => (a.ts < b.ts ? -1 : 1))) this.place(message);
    if (this.shown.size > MOST * 2 && follow) this.trim();
    if (follow) this.toEnd();
  }

  belongs(message) {
    return !message.thread_ts || message.thread_ts === message.ts || message.ephemeral;
  }

  place(message) {
    const known = this.list.querySelector(`[data-ts="${CSS.escape(message.ts)}"]`);
    if (known) {
      this.shown.set(message.ts, message);
      this.swap(known, drawMessage(message));
    } else if (!this.newer && (!this.shown.size || message.ts > [...this.shown.keys()].at(-1))) {
      this.append(message);
    }
  }

  swap(row, fresh) {
    keepingFocus(row, () => {
      row.replaceChildren(...fresh.childNodes);
      row.dataset.revision = fresh.dataset.revision;
    });
  }

  append(message) {
    const last = [...this.shown.keys()].at(-1);
    if (!last) this.list.replaceChildren();
    if (!last || day(last) !== day(message.ts)) this.list.append(this.separator(day(message.ts)));
    this.shown.set(message.ts, message);
    this.list.append(drawMessage(message));
  }

  trim() {
    this.shown = new Map([...this.shown].slice(-MOST));
    this.older = true;
    this.paint();
  }
}
