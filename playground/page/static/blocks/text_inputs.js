// Fields to type into. They take anything: what is wrong with it, Slack's own form says at submit.

import { node, freshId } from "./nodes.js";
import { actsAtOnce, send } from "./pressing.js";
import { plainText } from "./text.js";
import { heldValue, remember } from "./values.js";

const TYPES = { plain_text_input: "text", number_input: "text", email_text_input: "email", url_text_input: "url" };

/** The attributes that tie a control to its label, hint and error. */
export function ties(element, place) {
  return {
    id: place.controlId ?? null,
    "aria-labelledby": place.labelId && !place.controlId ? place.labelId : null,
    "aria-label": place.labelId ? null : plainText(element.placeholder) || element.action_id,
    "aria-describedby": place.describedBy || null,
    "aria-invalid": place.isWrong ? "true" : null,
    "aria-required": place.isRequired ? "true" : null,
    autofocus: Boolean(element.focus_on_load),
  };
}

/** @param {import("./elements.js").Place} place */
export function drawTextInput(element, place) {
  const isRich = element.type === "rich_text_input";
  const isLong = Boolean(element.multiline) || isRich;
  const counter = drawCounter(element);
  const tied = ties(element, counter ? { ...place, describedBy: `${place.describedBy ?? ""} ${counter.id}`.trim() } : place);
  const input = node(isLong ? "textarea" : "input", {
    ...tied,
    ...(isLong ? { rows: element.min_lines ?? 4 } : { type: TYPES[element.type] }),
    inputmode: element.type === "number_input" ? (element.is_decimal_allowed ? "decimal" : "numeric") : null,
    class: "field",
    placeholder: plainText(element.placeholder) || null,
    autocomplete: "off",
  });
  const held = heldValue(element, place);
  input.value = isRich ? textOf(held) : held ?? "";
  remember(input, element, place, () => entry(input.value, isRich));
  if (counter) count(input, counter, element);
  if (actsAtOnce(place)) dispatch(input, element, place);
  return counter ? node("div", { class: "counted" }, input, counter) : input;
}

function entry(text, isRich) {
  if (!text) return null;
  if (!isRich) return text;
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }] };
}

/** The bare text of rich text: this page types without styles. */
function textOf(rich) {
  const line = (part) => (part.elements ?? []).map((leaf) => leaf.text ?? leaf.url ?? (leaf.elements ? line(leaf) : "")).join("");
  return (rich?.elements ?? []).map(line).join("\n");
}

function drawCounter({ min_length: least, max_length: most }) {
  return least || most ? node("span", { class: "counter", id: freshId("counter") }) : null;
}

function count(input, counter, { min_length: least = 0, max_length: most }) {
  const show = () => {
    // Slack counts code points, so a flag is two and most emoji are one.
    const length = [...input.value].length;
    counter.textContent = length < least ? `${length} typed, at least ${least}` : most ? `${length} of ${most}` : "";
    counter.classList.toggle("counter-over", length > (most ?? Infinity));
  };
  input.addEventListener("input", show);
  show();
}

function dispatch(input, element, place) {
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const tell = () => send(input, element, place, { select: entry(input.value, element.type === "rich_text_input") });
  if (triggers.includes("on_character_entered")) input.addEventListener("input", tell);
  if (!triggers.includes("on_enter_pressed")) return;
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    tell();
  });
}
