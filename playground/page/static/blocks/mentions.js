// People, channels and everybody, called by name.

import { node } from "./nodes.js";

export function drawPerson(id, context, label = "") {
  const person = context.people.get(id);
  const name = person ? person.real_name || person.name : label || id;
  return mention(`@${name}`, id === context.reader.id);
}

export function drawChannel(id, context, label = "") {
  return mention(`#${context.channels.get(id)?.name || label || id}`);
}

/** @param {string} name here, channel, everyone, or a group's label */
export function drawEverybody(name) {
  return mention(`@${name.replace(/^@/, "")}`, true);
}

function mention(text, isForReader = false) {
  return node("span", { class: isForReader ? "mention mention-mine" : "mention" }, text);
}
