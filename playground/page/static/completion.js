// What can be typed: the command's words while one types it, and people and channels after @ and #.

import { make } from "./dom.js";
import { store } from "./store.js";

const MOST = 8;
let lists = 0;

export class Completion {
  constructor(field, form) {
    this.field = field;
    this.found = [];
    this.chosen = -1;
    this.id = `completion-${++lists}`;
    this.list = make("ul", { id: this.id, role: "listbox", class: "completion", "aria-label": "Suggestions", hidden: true });
    form.append(this.list);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.id);
    field.addEventListener("input", () => this.look());
    field.addEventListener("blur", () => setTimeout(() => this.close(), 150));
  }

  look() {
    const before = this.field.value.slice(0, this.field.selectionStart);
    this.found = offers(before).slice(0, MOST);
    this.chosen = this.found.length ? 0 : -1;
    this.paint();
  }

  paint() {
    this.list.hidden = !this.found.length;
    this.list.replaceChildren(...this.found.map((offer, place) => this.row(offer, place)));
    if (this.chosen >= 0) this.field.setAttribute("aria-activedescendant", `${this.id}-${this.chosen}`);
    else this.field.removeAttribute("aria-activedescendant");
  }

  row(offer, place) {
    const row = make(
      "li",
      { role: "option", id: `${this.id}-${place}`, "aria-selected": String(place === this.chosen) },
      make("span", { class: "offer", text: offer.shown }),
      make("span", { class: "quiet-text", text: offer.does }),
    );
    row.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.take(offer);
    });
    return row;
  }

  /** Whether the key was for the list. Enter sends; Tab takes what is offered. */
  key(event) {
    if (this.list.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.chosen = (this.chosen + step + this.found.length) % this.found.length;
      this.paint();
    } else if (event.key === "Tab" && !event.shiftKey) this.take(this.found[this.chosen]);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    return true;
  }

  take(offer) {
    const end = this.field.selectionStart;
    const start = end - offer.instead.length;
    this.field.setRangeText(`${offer.word} `, start, end, "end");
    this.close();
    this.field.focus();
    this.look();
  }

  close() {
    this.found = [];
    this.chosen = -1;
    this.paint();
  }
}

function offers(before) {
  const { command, words } = store.offers;
  if (before.startsWith("/") && command.startsWith(before)) {
    return [{ word: command, shown: command, does: "", instead: before }];
  }
  const line = [command, `@${store.people.get(store.botId)?.name}`].find((start) => before.startsWith(`${start} `));
  const typed = line && before.slice(line.length + 1);
  if (line && !typed.includes(" ")) {
    return words
      .filter((each) => each.word.startsWith(typed.toLowerCase()) && each.word !== typed)
      .map((each) => ({ word: each.word, shown: each.usage, does: each.does, instead: typed }));
  }
  return named(before);
}

function named(before) {
  const typed = /(?:^|\s)([@#])(\S*)$/.exec(before);
  if (!typed) return [];
  const [, sign, start] = typed;
  const known = sign === "@" ? [...store.people.values()] : [...store.channels.values()].filter((each) => !each.im);
  return known
    .filter((each) => each.name.startsWith(start.toLowerCase()))
    .map((each) => ({
      word: `${sign}${each.name}`,
      shown: `${sign}${each.name}`,
      does: each.real_name ?? "",
      instead: sign + start,
    }));
}
