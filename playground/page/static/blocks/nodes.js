// Making nodes. Text arrives only as text, so nothing that somebody typed can become markup.

let counted = 0;

/**
 * An id that no other node of the page has, even where one message is drawn twice.
 * @param {string} stem
 */
export function freshId(stem) {
  counted += 1;
  return `${stem}-${counted}`;
}

/**
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] false, null and undefined leave an attribute out
 * @param {...(Node | string | null | undefined)} children
 * @returns {HTMLElement}
 */
export function node(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same in SVG's name space. */
export function shape(tag, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** @param {...(Node | string | null | undefined)} children */
export function fragment(...children) {
  const made = document.createDocumentFragment();
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Text for those who hear the page. */
export function unseen(text) {
  return node("span", { class: "unseen" }, text);
}
