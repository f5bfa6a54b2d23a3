// Radio buttons and checkboxes: all options in sight.

import { fragment, freshId, node } from "./nodes.js";
import { actsAtOnce, send } from "./pressing.js";
import { drawText } from "./text.js";
import { heldValue, remember } from "./values.js";

/** @param {import("./elements.js").Place} place */
export function drawChoices(element, place) {
  const isMany = element.type === "checkboxes";
  const group = node("div", {
    class: "choices",
    role: isMany ? "group" : "radiogroup",
    id: place.controlId ?? null,
    "aria-labelledby": place.labelId ?? null,
    "aria-label": place.labelId ? null : element.action_id,
    "aria-describedby": place.describedBy || null,
    "aria-invalid": place.isWrong && !isMany ? "true" : null,
    "aria-required": place.isRequired && !isMany ? "true" : null,
  });
  const held = heldValue(element, place);
  const chosen = new Set((isMany ? held ?? [] : [held]).map((option) => option?.value));
  const name = freshId("choice");
  const inputs = (element.options ?? []).map((option) => {
    const input = node("input", { type: isMany ? "checkbox" : "radio", name, value: option.value });
    input.checked = chosen.has(option.value);
    group.append(drawChoice(input, option, place.context));
    return input;
  });
  if (element.focus_on_load) inputs[0]?.setAttribute("autofocus", "");
  const read = () => {
    const values = inputs.filter((input) => input.checked).map((input) => input.value);
    return isMany ? values : values[0] ?? null;
  };
  if (actsAtOnce(place)) tellChanges(group, inputs, () => send(group, element, place, { select: read() }));
  return remember(group, element, place, read);
}

function drawChoice(input, option, context) {
  const noteId = option.description ? freshId("choice-note") : null;
  if (noteId) input.setAttribute("aria-describedby", noteId);
  return fragment(
    node("label", { class: "choice" }, input, node("span", {}, drawText(option.text, context))),
    noteId && node("div", { id: noteId, class: "choice-note" }, drawText(option.description, context)),
  );
}

/** A choice that the person then does not confirm is taken back. */
function tellChanges(group, inputs, tell) {
  let before = inputs.map((input) => input.checked);
  group.addEventListener("change", async () => {
    const now = inputs.map((input) => input.checked);
    if (await tell()) before = now;
    else inputs.forEach((input, index) => { input.checked = before[index]; });
  });
}

