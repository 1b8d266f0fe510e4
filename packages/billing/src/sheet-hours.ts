import { type Hour, hourOf, hourPlus, type Statement, type TimeRange } from "@farthing/metering";
import { type Treatment, treatment } from "./charge-treatment.ts";
import type { RenderStores } from "./render-seal.ts";
import type { Seal } from "./seal.ts";
import type { SealChain } from "./seal-chain.ts";
import { byHour } from "./sealed-rows.ts";
import { setsAt } from "./sets-at.ts";

/** An hour with events of an invoice, and how its seal treats them. */
export interface SheetHour {
  readonly hour: Hour;
  readonly statements: readonly Statement[];
  readonly treats: Treatment;
}

/** Which hours: those of a stretch of event time, as a seal covers them. */
export interface HoursOrder {
  readonly seal: Seal;
  readonly chain: SealChain;
  readonly range: TimeRange;
}

/** How many hours are read first, and how many at most: a page mostly ends in the first. */
const firstAhead = 24;
const mostAhead = 24 * 40;

/** The hours of a seal from one on, read a few at first and then more at a time. */
export async function* sheetHours(
  stores: RenderStores,
  { seal, chain, range }: HoursOrder,
  from: Hour,
): AsyncGenerator<SheetHour, void> {
  if (!(range.from < range.to)) return;
  const end = hourPlus(hourOf(range.to - 1), 1);
  let start = from > hourOf(range.from) ? from : hourOf(range.from);
  for (let ahead = firstAhead; start < end; ahead = Math.min(ahead * 4, mostAhead)) {
    const to = hourPlus(start, Math.min(ahead, end - start));
    const found = await stores.log.entriesOfHours(seal.customer, start, to);
    const statements = found.filter((one) => isCovered(one, seal, range));
    if (statements.length > 0) {
      const treats = await treatmentOf(stores, { seal, chain }, statements);
      for (const [hour, ofHour] of byHour(statements)) yield { hour, statements: ofHour, treats };
    }
    start = to;
  }
}

function isCovered({ number, counts, last }: Statement, { frontier }: Seal, { from }: TimeRange): boolean {
  return number <= frontier.entry && counts.events > 0 && last >= from;
}

async function treatmentOf(
  stores: RenderStores,
  { seal, chain }: Pick<HoursOrder, "seal" | "chain">,
  statements: readonly Statement[],
): Promise<Treatment> {
  const time = Math.min(...statements.map(({ first }) => first));
  const entry = Math.min(...statements.map(({ number }) => number));
  const seals = await chain.since({ time, entry });
  const revisions = seals.map(({ meterRevision }) => meterRevision);
  return treatment(seal, { seals, sets: await setsAt(stores.meters, seal.customer.merchant, revisions) });
}
