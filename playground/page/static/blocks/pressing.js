// A press or a pick goes to the bot: asked for first where the block says so, and busy until it is answered.

import { drawText, plainText } from "./text.js";
import { freshId, node } from "./nodes.js";

/**
 * Whether a pick is sent at once. A field of a form waits for its submit button, unless it says otherwise.
 * @param {import("./elements.js").Place} place
 */
export function actsAtOnce(place) {
  return place.context.surface !== "modal" || place.block.type !== "input" || Boolean(place.block.dispatch_action);
}

/**
 * Sends what was done with the element. False where the person thought better of it.
 * @param {HTMLElement} control what is shown as busy
 * @param {{value?: unknown, select?: unknown}} done
 */
export async function send(control, element, place, done) {
  if (control.getAttribute("aria-busy") === "true") return false;
  if (element.confirm && !(await asked(element.confirm, place.context))) return false;
  control.setAttribute("aria-busy", "true");
  try {
    await place.context.act({ action_id: element.action_id, block_id: place.block.block_id, ...done });
  } finally {
    control.removeAttribute("aria-busy");
  }
  return true;
}

/** @returns {Promise<boolean>} */
function asked(confirm, context) {
  const titleId = freshId("confirm");
  const textId = freshId("confirm");
  const yes = node("button", { type: "button", class: `button button-${confirm.style === "danger" ? "danger" : "primary"}` }, plainText(confirm.confirm));
  const no = node("button", { type: "button", class: "button", autofocus: true }, plainText(confirm.deny));
  const dialog = node(
    "dialog",
    { class: "confirm", "aria-labelledby": titleId, "aria-describedby": textId },
    node("h2", { id: titleId }, plainText(confirm.title)),
    node("div", { id: textId, class: "confirm-text" }, drawText(confirm.text, context)),
    node("div", { class: "confirm-buttons" }, no, yes),
  );
  const before = document.activeElement;
  document.body.append(dialog);
  return new Promise((resolve) => {
    yes.addEventListener("click", () => dialog.close("yes"));
    no.addEventListener("click", () => dialog.close("no"));
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before instanceof HTMLElement) before.focus();
      resolve(dialog.returnValue === "yes");
    });
    dialog.showModal();
  });
}
