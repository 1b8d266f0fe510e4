import type { MeterSet, MeterSets } from "@farthing/metering";
import type { MerchantId } from "@farthing/money";

/** Meter sets by their revisions, each read once. */
export async function setsAt(
  meters: Pick<MeterSets, "metersAt">,
  merchant: MerchantId,
  revisions: readonly number[],
): Promise<ReadonlyMap<number, MeterSet>> {
  const sets = [...new Set(revisions)].map(
    async (revision) => [revision, await meters.metersAt(merchant, revision)] as const,
  );
  return new Map(await Promise.all(sets));
}
