import {
  type CustomerRef,
  type HourFold,
  type StandingVoid,
  type StatementLog,
  voidOfRow,
  voidsOf,
} from "@farthing/metering";
import { noFrontier } from "./news-since.ts";
import type { Seal } from "./seal.ts";

/** Every void that stands: those that seals met, those in entries behind the last seal, and those that no roll has seen. */
export async function standingVoids(
  log: StatementLog,
  customer: CustomerRef,
  { seal, folds }: { readonly seal: Seal | undefined; readonly folds: Iterable<HourFold> },
): Promise<readonly StandingVoid[]> {
  const { entry } = seal?.frontier ?? noFrontier;
  const open = await voidsOf(log, customer, await log.entriesFrom(customer, entry + 1));
  return [...(seal?.voids ?? []), ...open, ...[...folds].flatMap(voidsOfFold)];
}

function voidsOfFold({ voids: { from, row } }: HourFold): readonly StandingVoid[] {
  return Array.from(row, (at) => voidOfRow(from, at));
}
