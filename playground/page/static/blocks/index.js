// Block Kit, drawn. The door of this folder: what the rest of the page may call.

import { drawAlert, drawCard, drawCarousel, drawContainer } from "./cards.js";
import { drawChartBlock } from "./charts.js";
import { drawInputBlock } from "./fields.js";
import { drawActions, drawContextBlock, drawDivider, drawHeader, drawSection } from "./layout.js";
import { drawMarkdownBlock } from "./markdown.js";
import { fragment, node } from "./nodes.js";
import { drawImageBlock } from "./pictures.js";
import { drawRichText } from "./rich_text.js";
import { drawDataTable, drawTable } from "./tables.js";
import { drawUnknown } from "./unknown.js";

export { keepingFocus } from "./focus.js";
export { drawMrkdwn } from "./mrkdwn.js";
export { drawText } from "./text.js";
export { readValues } from "./values.js";

const KINDS = {
  section: drawSection,
  header: drawHeader,
  context: drawContextBlock,
  actions: drawActions,
  input: drawInputBlock,
  image: drawImageBlock,
  divider: drawDivider,
  rich_text: drawRichText,
  markdown: drawMarkdownBlock,
  table: drawTable,
  data_table: drawDataTable,
  data_visualization: drawChartBlock,
  card: drawCard,
  carousel: drawCarousel,
  container: (block, context) => drawContainer(block, context, drawBlocks),
  alert: drawAlert,
};

/**
 * Who looks, at what, and what their acts lead to.
 * @typedef {object} Context
 * @property {"message" | "modal" | "home"} surface
 * @property {Map<string, {id: string, name: string, real_name?: string, tz?: string, locale?: string}>} people
 * @property {Map<string, {id: string, name: string}>} channels
 * @property {{id: string, tz: string, locale: string}} reader dates are written in their zone and language
 * @property {() => number} now seconds, by the playground's clock
 * @property {Record<string, Record<string, any>>} [state] Slack's state.values
 * @property {Record<string, string>} [errors] sentences by block id
 * @property {(done: {action_id: string, block_id: string, value?: unknown, select?: unknown}) => Promise<void>} act
 * @property {(action_id: string, block_id: string, typed: string) => Promise<any[]>} [suggest]
 * @property {number} [heading] the level of a header block's heading; 2 unless it is given
 */

/**
 * @param {any[]} blocks
 * @param {Context} context
 * @returns {DocumentFragment}
 */
export function drawBlocks(blocks, context) {
  return fragment(...(blocks ?? []).map((block) => drawBlock(block, context)));
}

function drawBlock(block, context) {
  const draw = Object.hasOwn(KINDS, block?.type) ? KINDS[block.type] : null;
  const drawn = draw ? draw(block, context) : drawUnknown(block, "block");
  return node("div", { class: "block", "data-block-id": block?.block_id || null }, drawn);
}
