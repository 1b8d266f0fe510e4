import type { MeterSet, MeterSets } from "@farthing/metering";
import type { Clock, MerchantId } from "@farthing/money";

const keepMs = 10_000;

/** Meters as of the last ten seconds: enough for warnings, and no read for each request. */
export function recentMeters(meters: MeterSets, clock: Clock): Pick<MeterSets, "currentMeters"> {
  const kept = new Map<MerchantId, { readonly set: Promise<MeterSet>; readonly until: number }>();
  return {
    currentMeters: (merchant) => {
      const found = kept.get(merchant);
      if (found !== undefined && found.until > clock.now()) return found.set;
      const set = meters.currentMeters(merchant);
      kept.set(merchant, { set, until: clock.now() + keepMs });
      set.catch(() => kept.delete(merchant));
      return set;
    },
  };
}
