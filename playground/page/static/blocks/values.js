// What the inputs hold: at first what Slack remembers or the block proposes, later what was entered.

/** Where a kind keeps its value in `state.values`, and where a block proposes one. The page's twin of inputs.py. */
const FIELDS = {
  plain_text_input: ["value", "initial_value"],
  number_input: ["value", "initial_value"],
  email_text_input: ["value", "initial_value"],
  url_text_input: ["value", "initial_value"],
  rich_text_input: ["rich_text_value", "initial_value"],
  datepicker: ["selected_date", "initial_date"],
  timepicker: ["selected_time", "initial_time"],
  datetimepicker: ["selected_date_time", "initial_date_time"],
  users_select: ["selected_user", "initial_user"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  channels_select: ["selected_channel", "initial_channel"],
  multi_users_select: ["selected_users", "initial_users"],
  multi_conversations_select: ["selected_conversations", "initial_conversations"],
  multi_channels_select: ["selected_channels", "initial_channels"],
  static_select: ["selected_option", "initial_option"],
  external_select: ["selected_option", "initial_option"],
  radio_buttons: ["selected_option", "initial_option"],
  multi_static_select: ["selected_options", "initial_options"],
  multi_external_select: ["selected_options", "initial_options"],
  checkboxes: ["selected_options", "initial_options"],
};

/** @type {WeakMap<Element, {block_id: string, action_id: string, read: () => unknown}>} */
const readers = new WeakMap();

/** What the element holds before this page's reader touches it; undefined where nothing. */
export function heldValue(element, place) {
  const [field, initial] = FIELDS[element.type];
  const state = place.context.state?.[place.block.block_id]?.[element.action_id];
  // An emptied field is remembered as empty, it does not fall back on the proposal.
  return (state ? state[field] : element[initial]) ?? undefined;
}

/**
 * Makes the node one of those that readValues asks. A reader that answers undefined has nothing to say.
 * @param {HTMLElement} root the input or the group of inputs
 * @param {() => unknown} read
 */
export function remember(root, element, place, read) {
  root.setAttribute("data-holds", "");
  readers.set(root, { block_id: place.block.block_id ?? "", action_id: element.action_id ?? "", read });
  return root;
}

/**
 * Every value inside root as the local Slack takes them.
 * @param {ParentNode} root
 * @returns {Record<string, Record<string, unknown>>}
 */
export function readValues(root) {
  const values = {};
  for (const holder of root.querySelectorAll("[data-holds]")) {
    const reader = readers.get(holder);
    const value = reader?.read();
    if (value === undefined) continue;
    values[reader.block_id] ??= {};
    values[reader.block_id][reader.action_id] = value;
  }
  return values;
}
