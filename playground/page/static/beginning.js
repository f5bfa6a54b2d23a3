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
    refill(
      this.menu,
      make("summary", { "data-focus": "begin" }, "Data"),
      make(
        "div",
        { class: "panel column" },
        make("label", { for: "file", text: "Your own CSV, or drop it anywhere" }),
        file,
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
    const dialog = this.say(told.report);
    const go = button(`Import ${file.name}`, async () => {
      dialog.close();
      const done = await spoken(() => ask("file", { name: file.name, content, apply: true }));
      if (done) this.say(done.report);
    }, { class: "primary" });
    dialog.querySelector(".panel").prepend(go);
  }

  say(report) {
    const dialog = make("dialog", { "aria-label": "Import" });
    const close = button("Close", () => dialog.close());
    const text = make("pre", { tabindex: 0, role: "region", "aria-label": "What the import says", text: report });
    dialog.append(make("div", { class: "report" }, text, make("div", { class: "panel" }, close)));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
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
