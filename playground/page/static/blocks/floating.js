// A list or a menu that floats beside its control, above everything else.

const GAP = 4;

/**
 * @param {HTMLElement} floating hidden until it is shown
 * @param {HTMLElement} anchor
 * @param {() => void} close called when the person turns elsewhere
 */
export function floats(floating, anchor, close) {
  floating.setAttribute("popover", "manual");
  const elsewhere = (event) => {
    const target = event.target;
    if (target instanceof Node && (anchor.contains(target) || floating.contains(target))) return;
    close();
  };
  const follow = (event) => {
    if (event.target instanceof Node && floating.contains(event.target)) return;
    if (isInSight(anchor)) place(floating, anchor);
    else close();
  };
  const watched = [["pointerdown", elsewhere], ["scroll", follow], ["resize", follow]];
  return {
    show() {
      if (floating.matches(":popover-open")) return;
      floating.showPopover();
      for (const [name, react] of watched) window.addEventListener(name, react, { capture: true });
    },
    place() {
      place(floating, anchor);
    },
    hide() {
      if (floating.matches(":popover-open")) floating.hidePopover();
      for (const [name, react] of watched) window.removeEventListener(name, react, { capture: true });
    },
  };
}

/** Below the anchor, or above it where there is more room. */
function place(floating, anchor) {
  const at = anchor.getBoundingClientRect();
  const [width, height] = [document.documentElement.clientWidth, document.documentElement.clientHeight];
  const [below, above] = [height - at.bottom - 2 * GAP, at.top - 2 * GAP];
  const isBelow = below >= Math.min(floating.scrollHeight, 260) || below >= above;
  floating.style.minWidth = `${Math.min(at.width, width - 2 * GAP)}px`;
  floating.style.maxHeight = `${Math.max(80, Math.min(320, isBelow ? below : above))}px`;
  const box = floating.getBoundingClientRect();
  floating.style.left = `${Math.max(GAP, Math.min(at.left, width - box.width - GAP))}px`;
  floating.style.top = `${isBelow ? at.bottom + GAP : at.top - box.height - GAP}px`;
}

function isInSight(anchor) {
  const at = anchor.getBoundingClientRect();
  return at.bottom > 0 && at.top < document.documentElement.clientHeight;
}
