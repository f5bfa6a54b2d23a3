// One door for every element; each kind is drawn where its subject lives.

import { drawButton } from "./buttons.js";
import { drawChoices } from "./choices.js";
import { drawDateInput } from "./date_inputs.js";
import { drawMenu } from "./menus.js";
import { drawPicture } from "./pictures.js";
import { drawSelect } from "./selects.js";
import { drawTextInput } from "./text_inputs.js";
import { drawUnknown } from "./unknown.js";

/**
 * Where an element stands, and what names it.
 * @typedef {object} Place
 * @property {any} context
 * @property {any} block
 * @property {string} [controlId] the id that the block's label points to
 * @property {string} [labelId] what names the control
 * @property {string} [describedBy] ids of its hint and its error
 * @property {boolean} [isWrong]
 * @property {boolean} [isRequired]
 */

const KINDS = {
  button: drawButton,
  overflow: drawMenu,
  radio_buttons: drawChoices,
  checkboxes: drawChoices,
  datepicker: drawDateInput,
  timepicker: drawDateInput,
  datetimepicker: drawDateInput,
  plain_text_input: drawTextInput,
  number_input: drawTextInput,
  email_text_input: drawTextInput,
  url_text_input: drawTextInput,
  rich_text_input: drawTextInput,
  static_select: drawSelect,
  external_select: drawSelect,
  users_select: drawSelect,
  conversations_select: drawSelect,
  channels_select: drawSelect,
  multi_static_select: drawSelect,
  multi_external_select: drawSelect,
  multi_users_select: drawSelect,
  multi_conversations_select: drawSelect,
  multi_channels_select: drawSelect,
  image: drawPicture,
};

/** Kinds of several controls, which no single label can point to. */
export const GROUPS = new Set(["radio_buttons", "checkboxes"]);

/** @param {Place} place */
export function drawElement(element, place) {
  if (!Object.hasOwn(KINDS, element?.type)) return drawUnknown(element, "element");
  const drawn = KINDS[element.type](element, place);
  if (element.action_id) drawn.setAttribute("data-action-id", element.action_id);
  return drawn;
}
