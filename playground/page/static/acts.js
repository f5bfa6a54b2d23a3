// What a person does, and what they see where it did not work.

import { control } from "./api.js";
import { notice, spoken } from "./notices.js";
import { store } from "./store.js";

const TIMED_OUT = "The bot did not answer within three seconds.";
const UNREACHED = "The bot could not be reached. Is it stopped?";

/** A delivery's outcome in words; Slack itself shows less. */
function report(delivery, what) {
  if (!delivery) return;
  if (delivery.timed_out) notice(`${what} timed out. ${TIMED_OUT}`, "error");
  else if (delivery.error) notice(`${what} failed. ${UNREACHED}`, "error");
  else if (delivery.status >= 400) notice(`${what} failed: the bot answered ${delivery.status}.`, "error");
  for (const problem of delivery.problems ?? []) notice(`Slack refuses: ${problem.message}`, "error");
}

async function delivered(what, call, given) {
  const delivery = await spoken(() => control(call, { user: store.reader, ...given }));
  report(delivery, what);
  return delivery;
}

export const command = (name, text) =>
  delivered(`${name} ${text}`.trim(), "command", { command: name, text, channel: store.place });

export const mention = (text, thread) =>
  delivered("The mention", "mention", { text, channel: store.place, thread_ts: thread ?? undefined });

export const say = (text, thread) =>
  spoken(() => control("say", { user: store.reader, text, channel: store.place, thread_ts: thread ?? undefined }));

export const press = (place, touch) =>
  delivered("The button", "click", {
    ...place,
    action_id: touch.action_id,
    block_id: touch.block_id,
    value: touch.value,
    select: touch.select,
    values: touch.values,
  });

export const shortcut = (callback) => delivered("The shortcut", "shortcut", { callback_id: callback });

export const messageShortcut = (callback, message) =>
  delivered("The shortcut", "message_action", {
    callback_id: callback,
    channel: message.channel,
    ts: message.ts,
  });

export const openHome = () => delivered("Opening the Home tab", "open_home", { tab: "home" });

export const submit = (view, values) => delivered("The form", "submit", { view_id: view, values });

export const closeView = (view) => delivered("Closing the form", "close", { view_id: view });

export async function suggest(view, action, typed) {
  const told = await spoken(() =>
    control("suggest", { user: store.reader, view_id: view, action_id: action, typed }),
  );
  return told?.shown?.options ?? [];
}
