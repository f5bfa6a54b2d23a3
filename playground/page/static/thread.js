// A thread beside the channel: the message, what was answered, and a field to answer in.

import { ask } from "./api.js";
import { Composer } from "./composer.js";
import { button, make } from "./dom.js";
import { drawMessage } from "./message.js";
import { spoken } from "./notices.js";
import { channelName, on, store } from "./store.js";

export class Thread {
  constructor(root) {
    this.root = root;
    this.messages = new Map();
    this.turn = 0;
    on("messages", (news) => this.take(news));
    on("reload", () => store.thread && this.open(store.thread));
  }

  async open(ts) {
    store.thread = ts;
    const turn = ++this.turn;
    const page = await spoken(() => ask("history", { user: store.reader, channel: store.place, thread_ts: ts }));
    if (!page || turn !== this.turn || store.thread !== ts) return;
    this.messages = new Map(page.messages.map((message) => [message.ts, message]));
    this.build();
  }

  build() {
    this.list = make("div", { class: "scroll thread-messages", tabindex: 0, role: "log", "aria-label": "Thread" });
    const form = make("form", { class: "composer" });
    this.root.replaceChildren(
      make(
        "header",
        { class: "bar" },
        make("h2", { text: `Thread in ${channelName(store.channels.get(store.place))}` }),
        button("Close", () => this.close(), { "aria-label": "Close the thread" }),
      ),
      this.list,
      form,
    );
    new Composer(form, { thread: () => store.thread, id: "thread-text" });
    this.root.hidden = false;
    this.paint();
    this.list.scrollTop = this.list.scrollHeight;
    form.querySelector("textarea").focus();
  }

  paint() {
    const rows = [...this.messages.values()].sort((a, b) => (a.ts < b.ts ? -1 : 1));
    this.list.replaceChildren(...rows.map((message) => drawMessage(message, { inThread: true })));
  }

  close() {
    store.thread = null;
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  take({ changed, removed }) {
    if (!store.thread || !this.list) return;
    const here = changed.filter(
      (message) => message.channel === store.place && [message.ts, message.thread_ts].includes(store.thread),
    );
    const gone = removed.filter((each) => this.messages.delete(each.ts));
    for (const message of here) this.messages.set(message.ts, message);
    if (!here.length && !gone.length) return;
    this.paint();
    this.list.scrollTop = this.list.scrollHeight;
  }
}
