// Slack's date tokens, in the zone and the language of the person who reads.

import { node } from "./nodes.js";
import { linked } from "./links.js";

const DAY = 86_400;
const SPANS = [["year", 365 * DAY], ["month", 30 * DAY], ["day", DAY], ["hour", 3600], ["minute", 60], ["second", 1]];
const LONG = { year: "numeric", month: "long", day: "numeric" };
const SHORT = { year: "numeric", month: "short", day: "numeric" };
const WEEKDAY = { ...LONG, weekday: "long" };
// By element, how it is said anew.
const drawn = new WeakMap();

/** @typedef {{seconds: number, now: number, zone: string, locale: string}} Moment */

const TOKENS = {
  date_num: (at) => calendarDate(at.seconds, at.zone),
  date_slash: (at) => written(at, { year: "numeric", month: "2-digit", day: "2-digit" }),
  date: (at) => written(at, LONG),
  date_short: (at) => written(at, SHORT),
  date_long: (at) => written(at, WEEKDAY),
  date_long_full: (at) => written(at, LONG),
  date_pretty: (at) => nearby(at) ?? written(at, LONG),
  date_short_pretty: (at) => nearby(at) ?? written(at, SHORT),
  date_long_pretty: (at) => nearby(at) ?? written(at, WEEKDAY),
  day_divider_pretty: (at) => nearby(at) ?? written(at, thisYear(at) ? { ...WEEKDAY, year: undefined } : WEEKDAY),
  time: (at) => written(at, { hour: "numeric", minute: "2-digit" }),
  time_secs: (at) => written(at, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago: (at) => ago(at),
};

/**
 * A moment as Slack writes it; the fallback where the moment or a token makes no sense.
 * @param {{timestamp: unknown, format: string, fallback?: string, url?: string}} given
 */
export function drawDate({ timestamp, format, fallback = "", url = "" }, context) {
  const seconds = Number(timestamp);
  const text = momentText(seconds, format, context);
  if (text === null) return document.createTextNode(fallback);
  const when = new Date(seconds * 1000).toISOString();
  const time = node("time", { datetime: when, title: momentText(seconds, "{date_long}, {time_secs}", context) }, text);
  drawn.set(time, () => momentText(seconds, format, context));
  return url ? linked(url, time) : time;
}

/** Says all moments of the page anew: "3 days ago" is another once the clock was moved. */
export function retell(root = document) {
  for (const time of root.querySelectorAll("time")) if (drawn.has(time)) time.textContent = drawn.get(time)();
}

/** The moment as text, or null where it cannot be written. */
export function momentText(seconds, format, context) {
  if (!Number.isFinite(seconds) || Number.isNaN(new Date(seconds * 1000).valueOf())) return null;
  const at = { seconds, now: context.now(), zone: context.reader.tz || "UTC", locale: context.reader.locale || "en-US" };
  try {
    return format.replace(/\{([a-z_]+)\}/g, (token, name, offset) => {
      if (!Object.hasOwn(TOKENS, name)) return token;
      const text = TOKENS[name](at);
      // Slack begins with "Today", and says "at noon today".
      return name.endsWith("_pretty") && offset === 0 ? text.slice(0, 1).toLocaleUpperCase(at.locale) + text.slice(1) : text;
    });
  } catch (unwritable) {
    if (unwritable instanceof RangeError) return null;
    throw unwritable;
  }
}

function written(at, parts) {
  return new Intl.DateTimeFormat(at.locale, { ...parts, timeZone: at.zone }).format(at.seconds * 1000);
}

/** Yesterday, today or tomorrow by the reader's calendar, which at a clock change is not a matter of 24 hours. */
function nearby(at) {
  const days = dayNumber(at.seconds, at.zone) - dayNumber(at.now, at.zone);
  return Math.abs(days) <= 1 ? new Intl.RelativeTimeFormat(at.locale, { numeric: "auto" }).format(days, "day") : null;
}

function ago(at) {
  const passed = at.seconds - at.now;
  const [unit, length] = SPANS.find(([, span]) => Math.abs(passed) >= span) ?? SPANS.at(-1);
  return new Intl.RelativeTimeFormat(at.locale).format(Math.trunc(passed / length) || -0, unit);
}

function thisYear(at) {
  return calendarDate(at.seconds, at.zone).slice(0, 4) === calendarDate(at.now, at.zone).slice(0, 4);
}

function dayNumber(seconds, zone) {
  return Date.parse(calendarDate(seconds, zone)) / 1000 / DAY;
}

function calendarDate(seconds, zone) {
  return localMinute(seconds, zone).slice(0, 10);
}

/**
 * What a clock on the wall of that zone shows, as an input of type datetime-local takes it.
 * @returns {string} YYYY-MM-DDTHH:mm
 */
export function localMinute(seconds, zone) {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone || "UTC", hourCycle: "h23",
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  });
  const part = Object.fromEntries(format.formatToParts(seconds * 1000).map(({ type, value }) => [type, value]));
  return `${part.year.padStart(4, "0")}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

/** The moment at which that clock shows it: the first of two where the clock is set back, the next where it is set on. */
export function momentOf(minute, zone) {
  const asIfUtc = Date.parse(`${minute}Z`) / 1000;
  const offsets = [DAY, -DAY].map((aside) => offset(asIfUtc - aside, zone));
  const fitting = offsets.map((each) => asIfUtc - each).sort((one, other) => one - other);
  return fitting.find((seconds) => localMinute(seconds, zone) === minute) ?? fitting.at(-1);
}

function offset(seconds, zone) {
  return Date.parse(`${localMinute(seconds, zone)}Z`) / 1000 - Math.floor(seconds / 60) * 60;
}
