// A message is repainted under the hands of whoever pressed its button; the focus stays where it was.

/**
 * Repaints root and puts the focus back on the same element, or on root where that is gone.
 * Root takes the focus only with a tabindex.
 * @param {HTMLElement} root
 * @param {() => void} repaint
 */
export function keepingFocus(root, repaint) {
  const before = document.activeElement;
  const element = root.contains(before) ? before.closest("[data-action-id]") : null;
  const place = element && nth(root, element);
  const caret = caretOf(before);
  const hadFocus = root.contains(before);
  repaint();
  if (!hadFocus) return;
  const after = place ? same(root, place) : null;
  const control = after && (after.matches(CONTROLS) ? after : after.querySelector(CONTROLS));
  (control ?? root).focus({ preventScroll: true });
  if (control && caret && caretOf(control)) control.setSelectionRange(...caret);
}

const CONTROLS = "a[href], button, input, textarea";

/** Block ids are new in a repainted message, action ids are not; of several with one name the order tells. */
function nth(root, element) {
  const name = element.dataset.actionId;
  return { name, index: named(root, name).indexOf(element) };
}

function same(root, { name, index }) {
  return named(root, name)[index];
}

function named(root, name) {
  return [...root.querySelectorAll("[data-action-id]")].filter((each) => each.dataset.actionId === name);
}

function caretOf(control) {
  const start = control?.matches("textarea, input[type=text]") ? control.selectionStart : null;
  return start === null ? null : [start, control.selectionEnd];
}
