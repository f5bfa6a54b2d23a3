// The forms that a person has open: the top one is shown, the ones beneath wait.

import { closeView, submit } from "./acts.js";
import { drawBlocks, keepingFocus, readValues } from "./blocks/index.js";
import { viewContext } from "./context.js";
import { button, make } from "./dom.js";
import { notice } from "./notices.js";
import { on, store } from "./store.js";

export class Modal {
  constructor(dialog) {
    this.dialog = dialog;
    this.mark = "";
    on("views", () => this.show());
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
  }

  get view() {
    return store.views.stack.at(-1);
  }

  show() {
    const view = this.view;
    if (!view) {
      if (this.dialog.open) this.dialog.close();
      this.mark = "";
      return;
    }
    const mark = `${view.id} ${view.hash} ${JSON.stringify(view.errors ?? {})}`;
    if (mark === this.mark) return;
    this.paint(view, this.mark.startsWith(view.id));
    this.mark = mark;
  }

  paint(view, again) {
    this.body = make("div", { class: "modal-body" });
    const context = viewContext(view, "modal", () => readValues(this.body));
    this.body.append(drawBlocks(view.blocks, context));
    this.complaints = make("p", { class: "field-error", role: "alert" });
    const form = make("form", { novalidate: true }, this.head(view), this.body, this.complaints, this.foot(view));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    keepingFocus(this.dialog, () => this.dialog.replaceChildren(form));
    if (!this.dialog.open) this.dialog.showModal();
    const wrong = this.body.querySelector("[aria-invalid=true]");
    if (wrong || !again) (wrong ?? this.body.querySelector("input, textarea, select, button"))?.focus();
  }

  head(view) {
    const deep = store.views.stack.length > 1;
    return make(
      "header",
      { class: "modal-head" },
      make("h2", { id: "modal-title", text: view.title?.text ?? "" }),
      button(deep ? "Back" : "Close", () => this.close(), { class: "quiet", "aria-label": deep ? "Back" : "Close the form" }),
    );
  }

  foot(view) {
    const cancel = view.close?.text ?? (view.submit ? "Cancel" : "Close");
    return make(
      "footer",
      { class: "modal-foot" },
      button(cancel, () => this.close()),
      view.submit ? make("button", { type: "submit", class: "primary" }, view.submit.text) : null,
    );
  }

  async send() {
    const view = this.view;
    if (!view?.submit || this.busy) return;
    this.busy = true;
    const delivery = await submit(view.id, readValues(this.body));
    this.busy = false;
    if (delivery?.shown?.complaints) this.complain(delivery.shown.complaints);
    else if (delivery?.shown?.error) notice("The form stays open: send it once more.", "error");
  }

  /** Slack's own complaints, without drawing anew what was typed. */
  complain(complaints) {
    for (const field of this.body.querySelectorAll("[data-block-id]")) {
      const sentence = complaints[field.dataset.blockId];
      const control = field.querySelector("input, textarea, select, button");
      field.querySelector(".complaint")?.remove();
      control?.removeAttribute("aria-invalid");
      if (!sentence) continue;
      const id = `complaint-${field.dataset.blockId}`;
      field.append(make("p", { class: "field-error complaint", id, text: sentence }));
      control?.setAttribute("aria-invalid", "true");
      control?.setAttribute("aria-describedby", id);
    }
    this.body.querySelector("[aria-invalid=true]")?.focus();
    this.complaints.textContent = "Some fields need another look.";
  }

  async close() {
    const view = this.view;
    if (view) await closeView(view.id);
  }
}
