// Dates and times, with the browser's own pickers.

import { localMinute, momentOf } from "./dates.js";
import { node } from "./nodes.js";
import { actsAtOnce, send } from "./pressing.js";
import { ties } from "./text_inputs.js";
import { heldValue, remember } from "./values.js";

const TYPES = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local" };

/** @param {import("./elements.js").Place} place */
export function drawDateInput(element, place) {
  const zone = place.context.reader.tz;
  const isMoment = element.type === "datetimepicker";
  const input = node("input", { ...ties(element, place), type: TYPES[element.type], class: "field field-date" });
  const held = heldValue(element, place);
  input.value = held === undefined ? "" : isMoment ? localMinute(held, zone) : held;
  const read = () => (input.value === "" ? null : isMoment ? moment(input.value, zone, held) : input.value);
  remember(input, element, place, read);
  if (actsAtOnce(place)) tellWhenDone(input, () => send(input, element, place, { select: read() }));
  return input;
}

/** An untouched field keeps its moment, with the seconds that the field does not show. */
function moment(minute, zone, held) {
  return held !== undefined && localMinute(held, zone) === minute ? held : momentOf(minute, zone);
}

/**
 * A date typed figure by figure is a date after each of them; only the last one is meant.
 * What the browser's picker sets is meant at once.
 */
function tellWhenDone(input, tell) {
  let isTyping = false;
  let told = input.value;
  const tellOnce = () => {
    isTyping = false;
    if (input.value === told) return;
    told = input.value;
    tell();
  };
  input.addEventListener("pointerdown", () => {
    isTyping = false;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") tellOnce();
    else isTyping = /^(?:[0-9]|\p{L}|Arrow(?:Up|Down)|Backspace|Delete)$/u.test(event.key) && !event.altKey;
  });
  input.addEventListener("change", () => {
    if (!isTyping) tellOnce();
  });
  input.addEventListener("blur", tellOnce);
}
