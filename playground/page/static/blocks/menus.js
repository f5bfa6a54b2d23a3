// The overflow menu: a button with three dots, and up to five things to do.

import { floats } from "./floating.js";
import { isSafe } from "./links.js";
import { freshId, node } from "./nodes.js";
import { send } from "./pressing.js";
import { plainText } from "./text.js";

/** @param {import("./elements.js").Place} place */
export function drawMenu(element, place) {
  const menuId = freshId("menu");
  const button = node(
    "button",
    { type: "button", class: "button button-menu", "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": menuId, "aria-label": "More actions" },
    "⋯",
  );
  const menu = node("div", { id: menuId, role: "menu", class: "menu", "aria-label": "More actions" });
  const floating = floats(menu, button, () => close(false));
  const items = (element.options ?? []).map((option) => drawItem(option, () => choose(option)));
  menu.append(...items);

  function open(index) {
    floating.show();
    floating.place();
    button.setAttribute("aria-expanded", "true");
    items.at(index)?.focus();
  }
  function close(isBack = true) {
    floating.hide();
    button.setAttribute("aria-expanded", "false");
    if (isBack) button.focus();
  }
  function choose(option) {
    close();
    if (isSafe(option.url)) window.open(option.url, "_blank", "noopener,noreferrer");
    send(button, element, place, { select: option.value });
  }

  button.addEventListener("click", () => (isOpen(button) ? close() : open(0)));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    open(event.key === "ArrowDown" ? 0 : -1);
  });
  menu.addEventListener("keydown", (event) => walk(event, items, close));
  menu.addEventListener("focusout", (event) => {
    // A press on the button itself closes by its own listener, one beside both by the floating's.
    const next = event.relatedTarget;
    if (isOpen(button) && next && next !== button && !menu.contains(next)) close(false);
  });
  return node("div", { class: "menu-anchor" }, button, menu);
}

function isOpen(button) {
  return button.getAttribute("aria-expanded") === "true";
}

function drawItem(option, choose) {
  const item = node(
    "button",
    { type: "button", role: "menuitem", tabindex: -1, class: "menu-item" },
    plainText(option.text),
    option.description && node("span", { class: "menu-note" }, plainText(option.description)),
  );
  item.addEventListener("click", choose);
  return item;
}

function walk(event, items, close) {
  const at = items.indexOf(document.activeElement);
  const targets = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 };
  if (event.key === "Escape") {
    // The form behind the menu stays open.
    event.stopPropagation();
    close();
  } else if (event.key in targets) {
    items[targets[event.key]].focus();
  } else {
    return;
  }
  event.preventDefault();
}
