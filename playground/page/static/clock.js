// The playground's clock, and moving it. The bot of the same program goes by it too.

import { control, offered } from "./api.js";
import { button, make } from "./dom.js";
import { notice, spoken } from "./notices.js";
import { now, on, reader } from "./store.js";

const HOUR = 3600;
const MORNING = 8;
const TICK = 5000;

export class ClockPanel {
  constructor(root) {
    this.time = make("time", { class: "clock" });
    this.ticking = setInterval(() => this.paint(), TICK);
    root.append(
      make(
        "div",
        { class: "panel", role: "group", "aria-label": "The clock" },
        this.time,
        button("+1 hour", () => this.move(now() + HOUR)),
        button("Next morning", () => this.move(morning(1))),
        button("Next Monday", () => this.move(monday())),
      ),
    );
    on("clock", () => this.paint());
    this.paint();
  }

  async move(moment) {
    const told = await spoken(() => control("clock", { advance: Math.max(moment - now(), 0) }));
    if (!told) return;
    // At once: the bot may take its time over what fell due meanwhile.
    notice(`It is ${shown(told.now)} now.`);
    await spoken(() => offered("clock-moved"));
  }

  paint() {
    this.time.dateTime = new Date(now() * 1000).toISOString();
    this.time.textContent = shown(now());
  }
}

function shown(seconds) {
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: reader()?.tz,
  }).format(new Date(seconds * 1000));
}

/** Eight o'clock in the reader's zone, so many days on. Zones shift by an hour at most, so one correction is enough. */
function morning(days) {
  const zone = reader()?.tz;
  const parts = (moment) =>
    Object.fromEntries(
      new Intl.DateTimeFormat("en-CA", {
        timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
      })
        .formatToParts(new Date(moment * 1000))
        .map(({ type, value }) => [type, Number(value)]),
    );
  const today = parts(now());
  const wanted = Date.UTC(today.year, today.month - 1, today.day + days, MORNING) / 1000;
  const seen = parts(wanted);
  const offset = Date.UTC(seen.year, seen.month - 1, seen.day, seen.hour, seen.minute) / 1000 - wanted;
  return wanted - offset;
}

function monday() {
  const name = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: reader()?.tz }).format(new Date(now() * 1000));
  const today = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(name);
  return morning(7 - today);
}
