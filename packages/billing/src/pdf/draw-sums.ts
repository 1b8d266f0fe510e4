import { nextPage } from "./draw-rows.ts";
import { bottom, heightOf, ink, innerWidth, type Page, paper, put, type Setting } from "./page.ts";

const valueWidth = 190;
const labelWidth = 190;
const x = paper.margin + innerWidth - labelWidth - valueWidth;
const large = { font: "bold", size: 12 } as const;

/** Draws what the lines come to, what was carried in and is carried on, and what that means. All of it stands on one page. */
export function drawSums(page: Page): Page {
  const { pdf, sheet } = page;
  const rows: readonly (readonly [readonly [string, string], Setting])[] = [
    ...sheet.sums.map((sum) => [sum, {}] as const),
    [sheet.total, large],
    [sheet.carriedOut, { colour: ink.faint }],
  ];
  const heights = rows.map(([[label, value], setting]) =>
    Math.max(heightOf(pdf, label, labelWidth, setting), heightOf(pdf, value, valueWidth, setting)),
  );
  const notes = sheet.notes.join(" ");
  const needed =
    heights.reduce((sum, height) => sum + height + 5, 0) + 16 + heightOf(pdf, notes, innerWidth, { size: 8 });
  let y = page.y + needed > bottom ? nextPage(page) : page.y;
  for (const [index, [[label, value], setting]] of rows.entries()) {
    put(pdf, label, { ...setting, x, y, width: labelWidth });
    put(pdf, value, { ...setting, x: x + labelWidth, y, width: valueWidth, align: "right" });
    y += (heights[index] ?? 0) + 5;
  }
  y += 16;
  y += put(pdf, notes, { x: paper.margin, y, width: innerWidth, size: 8, colour: ink.faint });
  return { ...page, y };
}
