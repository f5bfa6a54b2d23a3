// The emoji that a sales bot may name. Any other name stays as it was typed, as in Slack.

const KNOWN = new Map(
  Object.entries({
    "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", alarm_clock: "⏰", arrow_down: "⬇️",
    arrow_left: "⬅️", arrow_right: "➡️", arrow_up: "⬆️", ballot_box_with_check: "☑️", bangbang: "‼️",
    bar_chart: "📊", bell: "🔔", bulb: "💡", busts_in_silhouette: "👥", calendar: "📅", card_index: "📇",
    chart_with_downwards_trend: "📉", chart_with_upwards_trend: "📈", clap: "👏", clipboard: "📋", clock3: "🕒",
    confetti_ball: "🎊", crossed_fingers: "🤞", date: "📅", dollar: "💵", email: "✉️", euro: "💶",
    exclamation: "❗", eyes: "👀", fire: "🔥", gear: "⚙️", grey_question: "❔", handshake: "🤝", heart: "❤️",
    heavy_check_mark: "✔️", hourglass: "⌛", hourglass_flowing_sand: "⏳", inbox_tray: "📥",
    information_source: "ℹ️", large_blue_circle: "🔵", large_green_circle: "🟢", large_orange_circle: "🟠",
    large_red_circle: "🔴", red_circle: "🔴", large_yellow_circle: "🟡", link: "🔗", lock: "🔒", mag: "🔍",
    mega: "📣", memo: "📝", money_with_wings: "💸", moneybag: "💰", no_entry: "⛔", outbox_tray: "📤",
    package: "📦", parking: "🅿️", partying_face: "🥳", pencil2: "✏️", phone: "☎️", point_right: "👉",
    pray: "🙏", pushpin: "📌", question: "❓", raised_hands: "🙌", recycle: "♻️", repeat: "🔁", rocket: "🚀",
    rotating_light: "🚨", skull: "💀", slightly_smiling_face: "🙂", smile: "😄", smiley: "😃", snail: "🐌",
    sparkles: "✨", speech_balloon: "💬", star: "⭐", sunny: "☀️", tada: "🎉", telephone_receiver: "📞",
    thinking_face: "🤔", traffic_light: "🚦", trophy: "🏆", turtle: "🐢", unlock: "🔓", wastebasket: "🗑️",
    warning: "⚠️", wave: "👋", white_check_mark: "✅", white_circle: "⚪", x: "❌", zap: "⚡", zzz: "💤",
  }),
);

const NAMED = /:([a-z0-9_+'-]+):(?::skin-tone-[2-6]:)?/g;

/** @param {string} name as between colons, with or without a skin tone */
export function emojiOf(name) {
  return KNOWN.get(name.split("::")[0]);
}

/**
 * The text with the emoji it names; a skin tone is passed over.
 * @param {string} text
 */
export function withEmoji(text) {
  return text.replace(NAMED, (typed, name) => emojiOf(name) ?? typed);
}
