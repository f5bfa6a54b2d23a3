// Where one writes: a command, a mention of the bot, or just words.

import { command, mention, say } from "./acts.js";
import { Completion } from "./completion.js";
import { make } from "./dom.js";
import { notice } from "./notices.js";
import { store } from "./store.js";

export class Composer {
  constructor(form, { thread = () => null, id }) {
    this.form = form;
    this.thread = thread;
    this.typed = []; // what was sent, for the arrow up
    this.back = 0;
    this.text = make("textarea", { id, rows: 1, autocomplete: "off", spellcheck: "false" });
    this.label = make("label", { for: id, class: "hidden" });
    const send = make("button", { type: "submit", class: "primary" }, "Send");
    form.replaceChildren(this.label, this.text, send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.completion = new Completion(this.text, form);
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.text.addEventListener("input", () => this.grow());
    this.prompt("Write a message");
  }

  prompt(words) {
    this.label.textContent = words;
    this.text.placeholder = words;
  }

  key(event) {
    if (this.completion.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    } else if (event.key === "ArrowUp" && !this.text.value && this.typed.length) {
      event.preventDefault();
      this.fill(this.typed.at(-1));
    }
  }

  fill(text) {
    this.text.value = text;
    this.grow();
    this.text.focus();
  }

  grow() {
    this.text.rows = Math.min(this.text.value.split("\n").length, 6);
  }

  async send() {
    const text = this.text.value.trim();
    if (!text || !store.place) return;
    this.typed.push(text);
    this.fill("");
    this.completion.close();
    await this.carry(text);
  }

  carry(text) {
    const thread = this.thread();
    if (text.startsWith("/")) {
      if (thread) {
        notice("Slack runs no commands in threads: mention the bot instead, @pipeline ...", "error");
        this.fill(text);
        return undefined;
      }
      const [name, ...rest] = text.split(/\s+/);
      return command(name, text.slice(name.length).trim() || rest.join(" "));
    }
    const bot = store.people.get(store.botId)?.name ?? "";
    const called = new RegExp(`^@${bot}\\b`, "i");
    return bot && called.test(text) ? mention(text.replace(called, "").trim(), thread) : say(text, thread);
  }
}
