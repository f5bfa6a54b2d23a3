// Server-sent events, kept open; after a gap everything is read again.

import { store, tell } from "./store.js";

let source = null;
let gone = false;

export function watch(person) {
  source?.close();
  source = new EventSource(`/page/stream?user=${encodeURIComponent(person)}`);
  source.addEventListener("hello", (event) => {
    const news = JSON.parse(event.data);
    store.offset = news.now - Date.now() / 1000;
    store.bot = news.bot;
    tell("clock");
    tell("bot");
    if (gone) tell("reload");
    gone = false;
    tell("connection", true);
  });
  source.addEventListener("clock", (event) => {
    store.offset = JSON.parse(event.data).now - Date.now() / 1000;
    tell("clock");
  });
  source.addEventListener("world", (event) => {
    store.bot = JSON.parse(event.data).bot;
    tell("bot");
    tell("world");
  });
  source.addEventListener("views", (event) => {
    store.views = JSON.parse(event.data);
    tell("views");
  });
  source.addEventListener("messages", (event) => tell("messages", JSON.parse(event.data)));
  source.addEventListener("log", (event) => tell("log", JSON.parse(event.data).entries));
  source.addEventListener("reload", () => tell("reload"));
  source.onerror = () => {
    gone = true;
    tell("connection", false);
  };
}
