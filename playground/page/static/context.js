// What the drawing of blocks needs to know, per surface.

import { press, suggest } from "./acts.js";
import { now, reader, store } from "./store.js";

const common = () => ({
  people: store.people,
  channels: store.channels,
  reader: reader(),
  now,
  errors: {},
});

export const messageContext = (message) => ({
  ...common(),
  surface: "message",
  state: message.state ?? {},
  act: (touch) => press({ channel: message.channel, ts: message.ts }, touch),
  suggest: async () => [],
});

export const viewContext = (view, surface, values) => ({
  ...common(),
  surface,
  state: view.state?.values ?? {},
  errors: view.errors ?? {},
  act: (touch) => press({ view_id: view.id }, { ...touch, values: values() }),
  suggest: (action, _block, typed) => suggest(view.id, action, typed),
});
