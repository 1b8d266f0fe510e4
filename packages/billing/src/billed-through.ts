import type { MerchantId } from "@farthing/money";
import type { Settlements } from "./settlement.ts";

const pageSize = 500;

/**
 * The instant that no invoice of a merchant bills facts at or after: the latest end of all its settlements, undefined where
 * there is none. A customer may be billed up to an earlier one. Units: milliseconds.
 */
export async function billedThrough(
  settlements: Pick<Settlements, "settlements">,
  merchant: MerchantId,
): Promise<number | undefined> {
  let [latest, after]: [number | undefined, string | undefined] = [undefined, undefined];
  do {
    const page = await settlements.settlements(merchant, {
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    });
    const ends = page.settlements.filter(({ dryRun }) => !dryRun).map(({ through }) => through);
    if (ends.length > 0) latest = Math.max(latest ?? Number.NEGATIVE_INFINITY, ...ends);
    after = page.next;
  } while (after !== undefined);
  return latest;
}
