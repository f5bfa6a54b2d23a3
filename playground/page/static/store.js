// What the page knows, in one place; whoever draws listens for the parts that it draws.

const listeners = new Map();

export const store = {
  people: new Map(),
  channels: new Map(),
  reader: null,
  place: null, // a channel's id
  tab: "messages", // of the bot's direct message: "home" or "messages"
  thread: null, // a timestamp
  views: { stack: [], home: null },
  bot: { known: false, runs: null },
  offers: { command: "", words: [], shortcuts: [] },
  offset: 0,
  botId: "",
  identity: {},
};

export function on(topic, listener) {
  if (!listeners.has(topic)) listeners.set(topic, []);
  listeners.get(topic).push(listener);
}

export function tell(topic, news) {
  for (const listener of listeners.get(topic) ?? []) listener(news);
}

export const now = () => Date.now() / 1000 + store.offset;
export const reader = () => store.people.get(store.reader);
export const isBot = (id) => id === store.botId;

/** The channel's name as a person reads it. */
export function channelName(channel) {
  if (!channel) return "";
  return channel.im ? store.people.get(store.botId)?.real_name ?? "Bot" : `#${channel.name}`;
}
