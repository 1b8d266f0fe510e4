import type { MerchantId } from "@farthing/money";
import type { ConservationCheck, ConservationChecks } from "./conservation-check.ts";

/** Checks of conservation in memory. */
export function memoryChecks(): ConservationChecks {
  const checks = new Map<MerchantId, ConservationCheck>();
  return {
    lastCheck: async (merchant) => checks.get(merchant),
    saveCheck: async (merchant, check) => void checks.set(merchant, structuredClone(check)),
  };
}
