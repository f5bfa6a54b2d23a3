// Elements made in one line. Text is only ever set as text.

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "text") element.textContent = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function button(label, onclick, attributes = {}) {
  return make("button", { type: "button", onclick, ...attributes }, label);
}

/** Replaces what an element holds and keeps the focus on what has the same `data-focus`. */
export function refill(element, ...children) {
  const held = document.activeElement;
  const key = element.contains(held) ? held.closest("[data-focus]")?.dataset.focus : undefined;
  element.replaceChildren(...children.filter((child) => child !== null && child !== undefined));
  if (key) focusOn(element, key);
}

export function focusOn(root, key) {
  root.querySelector(`[data-focus="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}
