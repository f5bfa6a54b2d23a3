// The list that a picker opens: its choices, in groups, and which of them the keys stand on.

import { freshId, node } from "./nodes.js";

/**
 * @param {{isMany: boolean, label: string, pick: (choice: import("./selects.js").Choice) => void}} given
 */
export function drawListbox({ isMany, label, pick }) {
  const list = node("ul", { id: freshId("listbox"), role: "listbox", class: "listbox", "aria-label": label, "aria-multiselectable": isMany ? "true" : null });
  const status = node("p", { class: "listbox-status", role: "status" });
  const root = node("div", { class: "listbox-frame" }, list, status);
  let rows = [];
  let active = -1;

  // The field keeps the focus, and with it the screen reader.
  root.addEventListener("pointerdown", (event) => event.preventDefault());

  function stand(index) {
    rows[active]?.node.classList.remove("option-active");
    active = rows.length ? (index + rows.length) % rows.length : -1;
    const row = rows[active]?.node;
    row?.classList.add("option-active");
    row?.scrollIntoView({ block: "nearest" });
    return row?.id ?? "";
  }

  return {
    root,
    listId: list.id,
    /** @param {import("./selects.js").Group[]} groups */
    show(groups, chosen, isFull) {
      rows = [];
      active = -1;
      list.replaceChildren(...groups.filter((group) => group.choices.length).map((group) => drawGroup(group)).flat());
      list.hidden = rows.length === 0;

      function drawGroup(group) {
        const drawn = group.choices.map((choice) => drawRow(choice));
        if (!group.label) return drawn;
        const labelId = freshId("group");
        const heading = node("li", { id: labelId, role: "presentation", class: "listbox-group" }, group.label);
        return [node("li", { role: "presentation" }, node("ul", { role: "group", "aria-labelledby": labelId }, heading, ...drawn))];
      }
      function drawRow(choice) {
        const isChosen = chosen.has(choice.value);
        const row = node(
          "li",
          { id: freshId("option"), role: "option", class: "option", "aria-selected": String(isChosen), "aria-disabled": isFull && !isChosen ? "true" : null },
          node("span", {}, choice.text),
          choice.note && node("span", { class: "option-note" }, choice.note),
        );
        row.addEventListener("click", () => pick(choice));
        rows.push({ node: row, choice });
        return row;
      }
    },
    say(text) {
      status.textContent = text;
      status.hidden = text === "";
    },
    /** Moves by so many rows; answers the id of the row that the keys stand on now. */
    move: (by) => stand(active < 0 && by < 0 ? -1 : active + by),
    standOn: (value) => stand(rows.findIndex((row) => row.choice.value === value)),
    active: () => rows[active]?.choice,
  };
}
