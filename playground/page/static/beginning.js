// Starting over, and one's own file: a dry run first, then the import.

import { ask } from "./api.js";
import { button, make, refill } from "./dom.js";
import { notice, spoken } from "./notices.js";
import { on, store, tell } from "./store.js";

export class Beginning {
  constructor(root) {
    this.menu = make("details", { class: "drop" });
    root.append(this.menu);
    on("bot", () => this.paint());
    this.listen();
    this.paint();
  }

  paint() {
    this.menu.hidden = !store.bot.known;
    const file = make("input", { type: "file", id: "file", accept: ".csv,text/csv,.tsv,.txt" });
    file.addEventListener("change", () => file.files[0] && this.dryRun(file.files[0]));
    this.report = make("pre", { class: "report", tabindex: 0, hidden: true, "aria-label": "What the import says" });
    this.actions = make("div", { class: "panel" });
    refill(
      this.menu,
      make("summary", { "data-focus": "begin" }, "Data"),
      make(
        "div",
        { class: "panel column" },
        make("label", { for: "file", text: "Your own CSV, or drop it anywhere" }),
        file,
        this.report,
        this.actions,
        button("Start over with the sample deals", () => this.startOver(), { "data-focus": "over" }),
      ),
    );
  }

  listen() {
    document.addEventListener("dragover", (event) => store.bot.known && event.preventDefault());
    document.addEventListener("drop", (event) => {
      const file = event.dataTransfer?.files[0];
      if (!file || !store.bot.known) return;
      event.preventDefault();
      this.menu.open = true;
      this.dryRun(file);
    });
  }

  async dryRun(file) {
    const content = await encoded(file);
    const told = await spoken(() => ask("file", { name: file.name, content, apply: false }));
    if (!told) return;
    this.say(told.report);
    this.actions.replaceChildren(
      ...(told.good === false ? [] : [button(`Import ${file.name}`, () => this.apply(file.name, content), { class: "primary" })]),
    );
  }

  async apply(name, content) {
    const told = await spoken(() => ask("file", { name, content, apply: true }));
    if (!told) return;
    this.say(told.report);
    this.actions.replaceChildren();
  }

  say(report) {
    this.report.hidden = false;
    this.report.textContent = report;
    this.report.focus();
  }

  async startOver() {
    if (!(await spoken(() => ask("start-over")))) return;
    notice("The sample deals are back as on the first day.");
    tell("again");
  }
}

async function encoded(file) {
  const url = await new Promise((resolve, reject) => {
    const reading = new FileReader();
    reading.onload = () => resolve(reading.result);
    reading.onerror = () => reject(reading.error);
    reading.readAsDataURL(file);
  });
  return url.slice(url.indexOf(",") + 1);
}
