// What can be picked from: listed in the block, known to the page, or suggested by the bot.

import { drawPicker } from "./picker.js";
import { actsAtOnce, send } from "./pressing.js";
import { plainText } from "./text.js";
import { ties } from "./text_inputs.js";
import { heldValue, remember } from "./values.js";

// Slack's own default, where the block does not say from how many letters on it asks the bot.
const LETTERS = 3;

/** @typedef {{value: string, text: string, note: string}} Choice */
/** @typedef {{label: string, choices: Choice[]}} Group */

const SOURCES = { static: listed, external: suggested, users: people, conversations: channels, channels };

/** @param {import("./elements.js").Place} place */
export function drawSelect(element, place) {
  const isMany = element.type.startsWith("multi_");
  const source = SOURCES[element.type.replace(/^multi_|_select$/g, "")](element, place);
  let isTouched = false;
  const picker = drawPicker({
    ...source,
    isMany,
    most: element.max_selected_items ?? Infinity,
    isClearable: !isMany && place.block.type === "input" && Boolean(place.block.optional),
    placeholder: plainText(element.placeholder) || "Choose …",
    attributes: ties(element, place),
    chosen: (isMany ? heldValue(element, place) ?? [] : [heldValue(element, place)]).filter(Boolean).map(source.choiceOf),
    async pick() {
      isTouched = true;
      return !actsAtOnce(place) || send(picker.node, element, place, { select: read() });
    },
  });
  const read = () => {
    const values = picker.chosen().map((choice) => choice.value);
    return isMany ? values : values[0] ?? null;
  };
  // The local Slack knows a suggested option only from its last suggestion; what was there before, it keeps by itself.
  const isKept = () => element.type.endsWith("external_select") && !isTouched;
  return remember(picker.node, element, place, () => (isKept() ? undefined : read()));
}

function listed(element) {
  const groups = element.option_groups ?? [{ label: null, options: element.options ?? [] }];
  return { choiceOf: ofOption, groups: groups.map(ofGroup) };
}

function suggested(element, place) {
  return {
    choiceOf: ofOption,
    letters: element.min_query_length ?? LETTERS,
    async suggest(typed) {
      const found = (await place.context.suggest?.(element.action_id, place.block.block_id, typed)) ?? [];
      return found.some((each) => each.options) ? found.map(ofGroup) : [{ label: "", choices: found.map(ofOption) }];
    },
  };
}

function people(element, place) {
  const known = place.context.people;
  const choiceOf = (id) => ({ value: id, text: known.get(id)?.real_name || known.get(id)?.name || id, note: "" });
  // Mentions name everybody; to pick there are those who can do something.
  const there = [...known.values()].filter((person) => !person.is_bot && !person.deleted);
  return { choiceOf, groups: [{ label: "", choices: sorted(there.map((person) => choiceOf(person.id)), place) }] };
}

function channels(element, place) {
  const known = place.context.channels;
  const choiceOf = (id) => ({ value: id, text: `#${known.get(id)?.name || id}`, note: "" });
  return { choiceOf, groups: [{ label: "", choices: sorted([...known.keys()].map(choiceOf), place) }] };
}

function sorted(choices, place) {
  const locale = place.context.reader.locale || "en-US";
  return choices.sort((one, other) => one.text.localeCompare(other.text, locale));
}

/** @returns {Group} */
function ofGroup(group) {
  return { label: plainText(group.label), choices: group.options.map(ofOption) };
}

/** @returns {Choice} */
function ofOption(option) {
  const text = plainText(option.text);
  return { value: option.value ?? text, text, note: plainText(option.description) };
}
