// Short sentences at the edge: said to the eye and to a screen reader.

import { button, make } from "./dom.js";

const SECONDS = 8;

export function notice(sentence, kind = "info") {
  const shown = make("div", { class: `notice ${kind}` }, make("span", { text: sentence }));
  shown.append(button("Dismiss", () => shown.remove(), { class: "quiet" }));
  document.getElementById("notices").append(shown);
  setTimeout(() => shown.remove(), SECONDS * 1000);
}

/** Runs an act; what goes wrong is said. Returns undefined then. */
export async function spoken(act) {
  try {
    return await act();
  } catch (error) {
    notice(error.message || String(error), "error");
    return undefined;
  }
}
