import { ink, innerWidth, type Page, paper, put } from "./page.ts";

const half = innerWidth / 2 - 12;
const right = paper.margin + innerWidth / 2 + 12;
const labelWidth = 70;

/** Draws the head of the first page: what it is, when it is of, and between whom. */
export function drawHead({ pdf, sheet, y }: Page): Page {
  const { words, facts, seller, buyer } = sheet;
  put(pdf, words.invoice, { x: paper.margin, y, width: half, font: "bold", size: 24 });
  let factsEnd = y + 4;
  for (const [label, value] of facts) {
    put(pdf, label, { x: right, y: factsEnd, width: labelWidth, colour: ink.faint });
    const height = put(pdf, value, { x: right + labelWidth, y: factsEnd, width: half - labelWidth });
    factsEnd += Math.max(height, 12) + 3;
  }
  const top = Math.max(factsEnd, y + 40) + 20;
  const from = party(pdf, words.seller, seller, { x: paper.margin, y: top });
  const to = party(pdf, words.buyer, buyer, { x: right, y: top });
  return { pdf, sheet, y: Math.max(from, to) + 24 };
}

function party(
  pdf: Page["pdf"],
  label: string,
  [name = "", ...lines]: readonly string[],
  { x, y }: { readonly x: number; readonly y: number },
): number {
  let end = y + put(pdf, label, { x, y, width: half, size: 8, colour: ink.faint }) + 3;
  end += put(pdf, name, { x, y: end, width: half, font: "bold", size: 11 }) + 2;
  for (const line of lines) end += put(pdf, line, { x, y: end, width: half });
  return end;
}
