// Where tests draw: a page with nothing but blocks, and a memory of what was done to them.

import { drawBlocks, drawMrkdwn, drawText, keepingFocus, readValues } from "/static/blocks/index.js";

const easel = { acts: [], trouble: [], hold: null, offered: {}, asked: [] };
const root = document.getElementById("easel");
document.addEventListener("securitypolicyviolation", (event) => easel.trouble.push(`${event.violatedDirective}: ${event.blockedURI}`));

function context({ surface = "message", reader = {}, now = 1795600000, state = {}, errors = {} } = {}) {
  return {
    surface,
    reader: { id: "U0ANA", tz: "Europe/Berlin", locale: "en-US", ...reader },
    people: new Map([["U0ANA", "Ana"], ["U0BEN", "Ben"], ["U0MIA", "Mía"]].map(([id, name]) => [id, { id, name: name.toLowerCase(), real_name: name }])),
    channels: new Map([["C0SALES", { id: "C0SALES", name: "sales" }], ["C0WINS", { id: "C0WINS", name: "wins" }]]),
    now: () => now,
    state,
    errors,
    async act(done) {
      easel.acts.push(done);
      if (easel.hold) await easel.hold;
    },
    async suggest(actionId, blockId, typed) {
      easel.asked.push(typed);
      return (easel.offered[actionId] ?? []).filter((option) => option.text.text.toLowerCase().includes(typed.toLowerCase()));
    },
  };
}

Object.assign(easel, {
  reset() {
    Object.assign(easel, { acts: [], trouble: [], hold: null, offered: {}, asked: [] });
    document.querySelectorAll("dialog").forEach((dialog) => dialog.remove());
    root.replaceChildren();
  },
  show(blocks, how) {
    root.replaceChildren(drawBlocks(blocks, context(how)));
  },
  add(blocks, how) {
    root.append(drawBlocks(blocks, context(how)));
  },
  repaint(blocks, how) {
    keepingFocus(root, () => easel.show(blocks, how));
  },
  mrkdwn(text, how) {
    root.replaceChildren(drawMrkdwn(text, context(how)));
    return root.innerHTML;
  },
  text(object, how) {
    root.replaceChildren(drawText(object, context(how)));
    return root.textContent;
  },
  values: () => readValues(root),
  pause() {
    easel.hold = new Promise((resolve) => { easel.release = resolve; });
  },
});
window.easel = easel;
