// The Home tab, asked for when it is opened and repainted when the bot publishes it anew.

import { openHome } from "./acts.js";
import { drawBlocks, keepingFocus, readValues } from "./blocks/index.js";
import { viewContext } from "./context.js";
import { make } from "./dom.js";
import { on, store } from "./store.js";

export class Home {
  constructor(root) {
    this.root = root;
    this.mark = "";
    on("views", () => this.show());
  }

  async open() {
    this.mark = "";
    this.show();
    await openHome();
  }

  show() {
    if (this.root.hidden) return;
    const view = store.views.home;
    const mark = view ? `${view.id} ${view.hash}` : "none";
    if (mark === this.mark) return;
    this.mark = mark;
    const top = this.root.scrollTop;
    const body = make("div", { class: "home-body" });
    if (view) body.append(drawBlocks(view.blocks, viewContext(view, "home", () => readValues(body))));
    else body.append(make("p", { class: "empty", text: "The bot paints this tab when it hears that it was opened." }));
    keepingFocus(this.root, () => this.root.replaceChildren(body));
    this.root.scrollTop = top;
  }
}
