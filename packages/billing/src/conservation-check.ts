import type { Hour } from "@farthing/metering";
import type { MerchantId } from "@farthing/money";

/** An hour of event time whose accepted events are not all accounted for. Units: events, negative where some are double. */
export interface HourGap {
  readonly hour: Hour;
  readonly gap: number;
}

/** How far a merchant's conservation was checked: every hour before `through`. Units: `checkedAt` in milliseconds. */
export interface ConservationCheck {
  readonly through: Hour;
  readonly checkedAt: number;
  readonly gaps: readonly HourGap[];
}

/** Where the last check of each merchant is kept. Reads are strong. */
export interface ConservationChecks {
  lastCheck(merchant: MerchantId): Promise<ConservationCheck | undefined>;
  /** Replaces the last check. */
  saveCheck(merchant: MerchantId, check: ConservationCheck): Promise<void>;
}
