// Puts the page together: who looks, where, and what is beside it.

import { control, offered } from "./api.js";
import { shortcut } from "./acts.js";
import { Beginning } from "./beginning.js";
import { retell } from "./blocks/dates.js";
import { Breaking } from "./breaking.js";
import { ClockPanel } from "./clock.js";
import { Composer } from "./composer.js";
import { button, make } from "./dom.js";
import { Home } from "./home.js";
import { Inspector } from "./inspector.js";
import { Modal } from "./modal.js";
import { notice, spoken } from "./notices.js";
import { countUnread, Rail } from "./rail.js";
import { channelName, isBot, on, reader, store, tell } from "./store.js";
import { watch } from "./stream.js";
import { Thread } from "./thread.js";
import { Timeline } from "./timeline.js";

const byId = (id) => document.getElementById(id);

const timeline = new Timeline(byId("timeline"));
const home = new Home(byId("home"));
const thread = new Thread(byId("side"));
const inspector = new Inspector(byId("side"));
new Modal(byId("modal"));
const composer = new Composer(byId("composer"), { id: "composer-text" });
const rail = new Rail(byId("rail"), { be, go });

async function world() {
  const [people, channels, state] = await Promise.all([
    control("people"),
    control("channels", {}),
    control("state"),
  ]);
  store.people = new Map(people.map((each) => [each.id, each]));
  store.identity = state.identity;
  store.botId = state.identity.bot_user_id;
  store.all = channels;
  choose();
}

/** Only where the reader is, and their own direct message with the bot. */
function choose() {
  const mine = (store.all ?? []).filter((channel) => channel.members.includes(store.reader));
  store.channels = new Map(mine.map((channel) => [channel.id, channel]));
}

async function be(person) {
  store.reader = person;
  store.unread?.clear();
  localStorage.setItem("reader", person);
  await control("messages", { channel: `@${store.people.get(person).name}`, user: person });
  await world();
  store.offers = (await offered("offers", { locale: reader().locale })) ?? store.offers;
  store.views = await control("views", { user: person });
  watch(person);
  const sales = [...store.channels.keys()][0];
  await go(store.channels.has(store.place) ? store.place : sales);
  tell("views");
  tell("offers");
  tell("clock");
}

async function go(channel) {
  store.place = channel;
  store.unread?.delete(channel);
  thread.close();
  store.tab = "messages";
  place();
  rail.paint();
  document.body.classList.remove("rail-open");
  byId("rail-toggle").setAttribute("aria-expanded", "false");
  await timeline.open();
}

function place() {
  const channel = store.channels.get(store.place);
  byId("place").textContent = channelName(channel);
  byId("place-note").textContent = [
    channel?.ext_shared ? "Shared with another firm" : "",
    channel?.archived ? "Archived" : "",
  ].filter(Boolean).join(" · ");
  composer.prompt(channel?.im ? "Message the bot, or type /deal" : `Write to ${channelName(channel)}, or type /deal`);
  tabs(Boolean(channel?.im));
}

function tabs(shown) {
  const list = byId("tabs");
  list.hidden = !shown;
  const atHome = shown && store.tab === "home";
  byId("home").hidden = !atHome;
  byId("timeline").hidden = atHome;
  byId("composer").hidden = atHome;
  if (!shown) return;
  list.replaceChildren(
    ...[["home", "Home"], ["messages", "Messages"]].map(([tab, label]) =>
      button(label, () => turn(tab), {
        role: "tab",
        "aria-selected": String(store.tab === tab),
        "aria-controls": tab === "home" ? "home" : "timeline",
        tabindex: store.tab === tab ? 0 : -1,
        onkeydown: (event) => ["ArrowLeft", "ArrowRight"].includes(event.key) && turn(tab === "home" ? "messages" : "home"),
      }),
    ),
  );
}

async function turn(tab) {
  store.tab = tab;
  tabs(true);
  byId("tabs").querySelector("[aria-selected=true]").focus();
  if (tab === "home") await home.open();
  else await timeline.open();
}

function tools() {
  const root = byId("tools");
  new ClockPanel(root);
  const shortcuts = make("span", { class: "panel" });
  root.append(shortcuts);
  on("offers", () => {
    const global = store.offers.shortcuts.filter((each) => each.kind === "global");
    shortcuts.replaceChildren(...global.map((each) => button(each.name, () => shortcut(each.callback_id))));
  });
  new Breaking(root);
  new Beginning(root);
  root.append(button("Inspector", () => (byId("side").hidden || store.thread ? inspector.open() : inspector.close())));
}

async function begin() {
  countUnread();
  tools();
  await world();
  const known = localStorage.getItem("reader");
  const first = [...store.people.values()].find((each) => !isBot(each.id));
  await be(store.people.has(known) ? known : first.id);
}

on("thread", (ts) => thread.open(ts));
on("clock", () => retell());
on("world", () => spoken(world).then(() => rail.paint()));
on("again", () => spoken(() => be(store.reader)));
on("reload", () => spoken(world).then(() => rail.paint()));
let connected = true;
on("connection", (there) => {
  if (!there && connected) notice("The local Slack is gone. The page goes on as soon as it is back.", "error");
  if (there && !connected) notice("The local Slack is back.");
  connected = there;
});
byId("rail-toggle").addEventListener("click", () => {
  const open = document.body.classList.toggle("rail-open");
  byId("rail-toggle").setAttribute("aria-expanded", String(open));
});
spoken(begin);
