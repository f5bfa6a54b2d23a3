// Buttons, and links that look like them.

import { isSafe } from "./links.js";
import { node } from "./nodes.js";
import { send } from "./pressing.js";
import { plainText } from "./text.js";

/** @param {import("./elements.js").Place} place */
export function drawButton(element, place) {
  const attributes = {
    class: element.style ? `button button-${element.style === "danger" ? "danger" : "primary"}` : "button",
    // What is seen is part of what is heard, or a voice command would miss the button.
    "aria-label": element.accessibility_label || null,
  };
  return isSafe(element.url) ? linkButton(element, place, attributes) : pressButton(element, place, attributes);
}

function pressButton(element, place, attributes) {
  const button = node("button", { ...attributes, type: "button" }, plainText(element.text));
  button.addEventListener("click", () => send(button, element, place, { value: element.value }));
  return button;
}

/** Slack tells the bot about a press on a link, too. */
function linkButton(element, place, attributes) {
  const link = node(
    "a",
    { ...attributes, href: element.url, target: "_blank", rel: "noopener noreferrer" },
    plainText(element.text),
  );
  link.addEventListener("click", async (event) => {
    if (element.confirm) event.preventDefault();
    const isSent = await send(link, element, place, { value: element.value });
    if (element.confirm && isSent) window.open(element.url, "_blank", "noopener,noreferrer");
  });
  return link;
}
