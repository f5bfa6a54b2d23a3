// Breaking things on purpose: what Slack does wrong next, and whether the bot runs.

import { ask, control } from "./api.js";
import { button, make, refill } from "./dom.js";
import { notice, spoken } from "./notices.js";
import { on, store } from "./store.js";

const FAULTS = [
  ["rate_limited", "Slack answers 429", { retry_after: 3 }],
  ["http_500", "Slack answers 500", {}],
  ["hang", "Slack hangs for 15 s", { seconds: 15 }],
  ["cut_after", "Slack does it but the reply is lost", {}],
];

const NEWER = ["data_visualization", "data_table"];

export class Breaking {
  constructor(root) {
    this.menu = make("details", { class: "drop" });
    root.append(this.menu);
    on("bot", () => this.paint());
    this.paint();
  }

  paint() {
    refill(
      this.menu,
      make("summary", { "data-focus": "break" }, "Break things"),
      make(
        "div",
        { class: "panel column" },
        make("p", { class: "quiet-text", text: "The bot's next call meets this:" }),
        ...FAULTS.map(([kind, label, more]) => button(label, () => this.plan(kind, label, more), { "data-focus": kind })),
        button("Slack takes no charts", () => this.age(), { "data-focus": "age" }),
        button("Slack is gone", () => this.down(true), { "data-focus": "down" }),
        button("Slack is back, all faults lifted", () => this.down(false), { "data-focus": "lift" }),
        ...this.botButtons(),
      ),
    );
  }

  botButtons() {
    if (!store.bot.known) return [];
    const act = store.bot.runs ? ["Stop the bot", "bot/stop", "The bot is stopped."] : ["Start the bot", "bot/start", "The bot runs again."];
    return [
      make("p", { class: "quiet-text", text: store.bot.runs ? "The bot runs." : "The bot is stopped." }),
      button(act[0], () => this.bot(act[1], act[2]), { "data-focus": "bot" }),
    ];
  }

  async plan(kind, label, more) {
    if (await spoken(() => control("faults", { kind, count: 1, ...more }))) notice(`${label}, at the bot's next call.`);
  }

  async age() {
    if (await spoken(() => control("settings", { refused_blocks: NEWER }))) notice("Slack refuses charts and tables to sort until you lift it.");
  }

  async down(down) {
    const lifted = () => control("settings", { refused_blocks: [] }).then(() => control("faults/lift"));
    if (await spoken(() => (down ? control("down", { down }) : lifted()))) {
      notice(down ? "Slack takes no calls until you lift it." : "Slack takes calls again.");
    }
  }

  async bot(call, sentence) {
    if (await spoken(() => ask(call))) notice(sentence);
  }
}
