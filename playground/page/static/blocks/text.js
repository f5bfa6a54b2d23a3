// Text objects: plain, or with Slack's own markup.

import { withEmoji } from "./emoji.js";
import { drawMrkdwn } from "./mrkdwn.js";

/**
 * @param {{type: string, text: string, emoji?: boolean, verbatim?: boolean} | string | null | undefined} text
 * @returns {Node}
 */
export function drawText(text, context) {
  if (text?.type === "mrkdwn") return drawMrkdwn(text.text, context, { bareLinks: !text.verbatim });
  return document.createTextNode(plainText(text));
}

/** The text as a control's name takes it: without any markup's nodes, with emoji. */
export function plainText(text) {
  if (!text) return "";
  if (typeof text === "string") return text;
  return text.emoji === false ? text.text : withEmoji(text.text);
}
