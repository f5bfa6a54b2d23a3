// One message: who, when, what, and what can be done with it.

import { messageShortcut } from "./acts.js";
import { drawBlocks, drawMrkdwn } from "./blocks/index.js";
import { messageContext } from "./context.js";
import { button, make } from "./dom.js";
import { notice } from "./notices.js";
import { isBot, reader, store, tell } from "./store.js";

export function drawMessage(message, { inThread = false } = {}) {
  const person = store.people.get(message.user);
  const context = messageContext(message);
  const body = make("div", { class: "message-body" });
  body.append(
    message.blocks?.length
      ? drawBlocks(message.blocks, context)
      : make("div", { class: "block words" }, drawMrkdwn(message.text ?? "", context)),
  );
  const row = make(
    "article",
    {
      class: `message${message.ephemeral ? " ephemeral" : ""}`,
      tabindex: -1,
      "data-ts": message.ts,
      "data-revision": message.revision,
      "aria-label": `${person?.real_name ?? message.user}, ${clockTime(message.ts)}`,
    },
    make("span", { class: `face ${isBot(message.user) ? "bot" : ""}`, "aria-hidden": "true", text: initials(person) }),
    make("div", { class: "message-main" }, heading(message, person), body, footer(message, inThread)),
  );
  return row;
}

function heading(message, person) {
  return make(
    "div",
    { class: "message-head" },
    make("strong", { text: person?.real_name ?? message.user }),
    isBot(message.user) ? make("span", { class: "badge", text: "APP" }) : null,
    make("time", { datetime: new Date(Number(message.ts) * 1000).toISOString(), text: clockTime(message.ts) }),
    message.edited ? make("span", { class: "quiet-text", text: "(edited)" }) : null,
    message.ephemeral ? make("span", { class: "quiet-text", text: "Only visible to you" }) : null,
    tools(message),
  );
}

function tools(message) {
  const label = `for the message of ${clockTime(message.ts)}`;
  return make(
    "span",
    { class: "message-tools" },
    message.ephemeral
      ? null
      : button("Reply", () => tell("thread", message.thread_ts || message.ts), {
          class: "small",
          "aria-label": `Reply in thread ${label}`,
          "data-focus": `reply-${message.ts}`,
        }),
    ...(message.ephemeral ? [] : onMessages()).map((each) =>
      button(each.name, () => messageShortcut(each.callback_id, message), {
        class: "small",
        "aria-label": `${each.name} ${label}`,
        "data-focus": `shortcut-${each.callback_id}-${message.ts}`,
      }),
    ),
    button("Copy JSON", () => copy(message), {
      class: "small",
      "aria-label": `Copy the blocks as JSON ${label}`,
      "data-focus": `copy-${message.ts}`,
    }),
  );
}

const onMessages = () => store.offers.shortcuts.filter((each) => each.kind === "message");

async function copy(message) {
  const text = JSON.stringify({ text: message.text, blocks: message.blocks ?? [] }, null, 2);
  try {
    await navigator.clipboard.writeText(text);
    notice("The message's blocks are on the clipboard.");
  } catch {
    tell("show-json", text);
  }
}

function footer(message, inThread) {
  if (inThread || !message.reply_count) return null;
  const word = message.reply_count === 1 ? "reply" : "replies";
  return button(`${message.reply_count} ${word}`, () => tell("thread", message.ts), {
    class: "replies",
    "data-focus": `thread-${message.ts}`,
  });
}

function initials(person) {
  const words = (person?.real_name ?? "?").split(/\s+/);
  return words.map((word) => word[0]).slice(0, 2).join("");
}

export function clockTime(ts) {
  return new Intl.DateTimeFormat(reader()?.locale ?? "en-US", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: reader()?.tz,
  }).format(new Date(Number(ts) * 1000));
}

export function day(ts) {
  return new Intl.DateTimeFormat(reader()?.locale ?? "en-US", {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: reader()?.tz,
  }).format(new Date(Number(ts) * 1000));
}
