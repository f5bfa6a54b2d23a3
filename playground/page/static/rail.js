// The left edge: who one is, where one is, and the clock.

import { make, refill } from "./dom.js";
import { channelName, isBot, on, store, tell } from "./store.js";

export class Rail {
  constructor(root, { be, go }) {
    this.root = root;
    this.be = be;
    this.go = go;
    on("world", () => this.paint());
    on("place", () => this.paint());
    on("unread", () => this.paint());
  }

  paint() {
    refill(
      this.root,
      make("p", { class: "team", text: `${store.identity.team_name ?? "Local Slack"}` }),
      this.people(),
      make("h2", { text: "Channels" }),
      this.list([...store.channels.values()].filter((each) => !each.im)),
      make("h2", { text: "Apps" }),
      this.list([...store.channels.values()].filter((each) => each.im)),
    );
  }

  people() {
    const pick = make("select", { id: "person", "data-focus": "person" });
    for (const person of store.people.values()) {
      if (isBot(person.id) || person.deleted) continue;
      const option = make("option", { value: person.id, text: `${person.real_name} – ${trait(person)}` });
      option.selected = person.id === store.reader;
      pick.append(option);
    }
    pick.addEventListener("change", () => this.be(pick.value));
    return make("div", { class: "whoami" }, make("label", { for: "person", text: "You are" }), pick);
  }

  list(channels) {
    return make("ul", {}, ...channels.map((channel) => make("li", {}, this.link(channel))));
  }

  link(channel) {
    const here = channel.id === store.place;
    const unread = store.unread?.get(channel.id) ?? 0;
    const notes = [channel.ext_shared ? "shared" : "", channel.private ? "private" : "", channel.archived ? "archived" : ""];
    const link = make(
      "button",
      {
        type: "button",
        class: "channel",
        "aria-current": here ? "page" : null,
        "data-focus": `channel-${channel.id}`,
        onclick: () => this.go(channel.id),
      },
      make("span", { text: channelName(channel) }),
      make("span", { class: "channel-note", text: notes.filter(Boolean).join(", ") }),
    );
    if (unread && !here) link.append(make("span", { class: "unread", text: String(unread), "aria-label": `${unread} new` }));
    return link;
  }
}

function trait(person) {
  const parts = [person.title];
  if (person.is_admin) parts.push("admin");
  if (person.is_restricted) parts.push("guest");
  if (person.is_stranger) parts.push("another firm");
  if (person.locale.startsWith("de")) parts.push("Slack in German");
  return parts.filter(Boolean).join(", ");
}

/** New messages elsewhere are counted until one goes there. */
export function countUnread() {
  store.unread = new Map();
  on("messages", ({ changed }) => {
    for (const message of changed) {
      if (message.channel === store.place || message.updates || message.user === store.reader) continue;
      store.unread.set(message.channel, (store.unread.get(message.channel) ?? 0) + 1);
    }
    tell("unread");
  });
}
