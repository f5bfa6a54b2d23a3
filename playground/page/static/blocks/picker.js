// A field that one types into to find and choose: for one choice, or for several.

import { floats } from "./floating.js";
import { drawListbox } from "./listbox.js";
import { node, unseen } from "./nodes.js";

const PAUSE = 200;

/**
 * @param {object} given
 * @param {import("./selects.js").Group[]} [given.groups] all choices; or
 * @param {(typed: string) => Promise<import("./selects.js").Group[]>} [given.suggest] who finds them, from
 * @param {number} [given.letters] so many letters on
 * @param {() => Promise<boolean>} given.pick told of a change; false takes it back
 */
export function drawPicker(given) {
  const picker = new Picker(given);
  return { node: picker.root, chosen: () => picker.chosen };
}

class Picker {
  constructor(given) {
    this.given = given;
    this.chosen = given.chosen;
    this.before = given.chosen;
    this.isOpen = false;
    this.asked = 0;
    this.list = drawListbox({ isMany: given.isMany, label: given.placeholder, pick: (choice) => this.pick(choice) });
    this.input = node("input", {
      ...given.attributes, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", class: "picker-input",
      "aria-expanded": "false", "aria-controls": this.list.listId, "aria-autocomplete": "list",
    });
    this.chips = node("span", { class: "chips" });
    this.clear = node("button", { type: "button", class: "picker-clear" }, node("span", { "aria-hidden": "true" }, "×"), unseen("Clear"));
    this.field = node("div", { class: "picker-field" }, this.chips, this.input, given.isClearable ? this.clear : null);
    this.root = node("div", { class: "picker" }, this.field, this.list.root);
    this.floating = floats(this.list.root, this.field, () => this.close());
    this.listen();
    this.paint();
  }

  listen() {
    this.input.addEventListener("input", () => this.find());
    this.input.addEventListener("click", () => (this.isOpen ? undefined : this.open()));
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("focusout", (event) => {
      if (!this.root.contains(event.relatedTarget)) this.close();
    });
    this.clear.addEventListener("click", () => {
      this.choose([]);
      this.input.focus();
    });
  }

  key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.isOpen) this.mark(this.list.move(event.key === "ArrowDown" ? 1 : -1));
      else this.open();
    } else if (event.key === "Enter") {
      // Neither sends the form nor, in a closed field, anything else.
      event.preventDefault();
      const choice = this.isOpen ? this.list.active() : undefined;
      if (choice) this.pick(choice);
      else if (!this.isOpen) this.open();
    } else if (event.key === "Escape" && this.isOpen) {
      // The form around the list stays open.
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Backspace" && this.given.isMany && this.input.value === "" && this.chosen.length) {
      this.choose(this.chosen.slice(0, -1));
    }
  }

  open() {
    this.input.select();
    this.find("");
  }

  /** Shows what fits to the typed text; on opening all of it, although the field shows the present choice. */
  find(typed = this.input.value) {
    if (!this.isOpen) {
      this.isOpen = true;
      this.before = this.chosen;
      this.input.setAttribute("aria-expanded", "true");
      this.floating.show();
    }
    if (this.given.suggest) this.suggest(typed.trim());
    else this.show(fitting(this.given.groups, typed.trim()), "No results");
  }

  suggest(typed) {
    this.asked += 1;
    const turn = this.asked;
    const missing = this.given.letters - [...typed].length;
    if (missing > 0) {
      this.show([], `Type at least ${this.given.letters} ${this.given.letters === 1 ? "letter" : "letters"}`);
      return;
    }
    this.list.say("Searching …");
    this.floating.place();
    setTimeout(async () => {
      if (turn !== this.asked || !this.isOpen) return;
      const groups = await this.given.suggest(typed).catch(() => null);
      // An answer to what was typed before must not replace a newer one.
      if (turn === this.asked && this.isOpen) this.show(groups ?? [], groups ? "No results" : "No answer. Type again to ask once more.");
    }, typed ? PAUSE : 0);
  }

  show(groups, whenEmpty) {
    this.groups = groups;
    const isFull = this.given.isMany && this.chosen.length >= this.given.most;
    const isEmpty = groups.every((group) => group.choices.length === 0);
    this.list.show(groups, new Set(this.chosen.map((choice) => choice.value)), isFull);
    this.list.say(isEmpty ? whenEmpty : isFull ? `At most ${this.given.most}` : "");
    this.mark(isEmpty ? "" : this.firstRow());
    this.floating.place();
  }

  firstRow() {
    const [chosen] = this.chosen;
    return (!this.given.isMany && chosen && this.list.standOn(chosen.value)) || this.list.move(1);
  }

  mark(id) {
    if (id) this.input.setAttribute("aria-activedescendant", id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  pick(choice) {
    if (!this.given.isMany) {
      this.close();
      this.choose([choice]);
      return;
    }
    const others = this.chosen.filter((each) => each.value !== choice.value);
    const isNew = others.length === this.chosen.length;
    if (isNew && this.chosen.length >= this.given.most) return;
    this.chosen = isNew ? [...others, choice] : others;
    this.paint();
    this.show(this.groups, "");
    this.mark(this.list.standOn(choice.value));
  }

  /** Sets the choice and tells of it; several are told of together, when the list closes. */
  async choose(chosen) {
    const before = this.isOpen ? this.before : this.chosen;
    this.chosen = chosen;
    this.paint();
    if (this.isOpen) {
      this.find();
    } else if (!(await this.given.pick())) {
      this.chosen = before;
      this.paint();
    }
  }

  close() {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.asked += 1;
    this.floating.hide();
    this.input.setAttribute("aria-expanded", "false");
    this.mark("");
    this.paint();
    // A repaint that takes the field away takes back what was not told yet.
    if (this.given.isMany && this.root.isConnected && named(this.before) !== named(this.chosen)) this.tellSeveral();
  }

  async tellSeveral() {
    const before = this.before;
    if (await this.given.pick()) return;
    this.chosen = before;
    this.paint();
  }

  paint() {
    const { isMany, placeholder } = this.given;
    const [chosen] = this.chosen;
    this.input.value = isMany ? "" : chosen?.text ?? "";
    this.input.placeholder = chosen ? "" : placeholder;
    this.clear.hidden = !chosen;
    this.chips.replaceChildren(...(isMany ? this.chosen.map((choice) => this.drawChip(choice)) : []));
  }

  drawChip(choice) {
    const cross = node("button", { type: "button", class: "chip-remove" }, node("span", { "aria-hidden": "true" }, "×"), unseen(`Remove ${choice.text}`));
    cross.addEventListener("click", () => {
      this.choose(this.chosen.filter((each) => each !== choice));
      this.input.focus();
    });
    return node("span", { class: "chip" }, node("span", {}, choice.text), cross);
  }
}

function named(choices) {
  return JSON.stringify(choices.map((choice) => choice.value));
}

function fitting(groups, typed) {
  const wanted = folded(typed);
  return groups.map((group) => ({ ...group, choices: group.choices.filter((choice) => folded(choice.text).includes(wanted)) }));
}

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
