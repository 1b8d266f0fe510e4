import type { MerchantId } from "@farthing/money";
import type { MeterSet, MeterSets } from "./meter.ts";

/** Meter sets for one job: the current one is read once, and published revisions, which never change, are kept. */
export function keptMeters(meters: MeterSets): MeterSets {
  const current = new Map<MerchantId, Promise<MeterSet>>();
  const published = new Map<string, Promise<MeterSet>>();
  return {
    currentMeters: (merchant) => kept(current, merchant, () => meters.currentMeters(merchant)),
    metersAt: (merchant, revision) =>
      kept(published, `${merchant}#${revision}`, () => meters.metersAt(merchant, revision)),
    publishMeters: (merchant, set) => meters.publishMeters(merchant, set),
  };
}

function kept<K, V>(known: Map<K, Promise<V>>, key: K, read: () => Promise<V>): Promise<V> {
  const found = known.get(key) ?? read();
  known.set(key, found);
  found.catch(() => known.delete(key));
  return found;
}
