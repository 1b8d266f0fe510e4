import type { CustomerLookup } from "@farthing/metering";
import type { Clock, CustomerId, MerchantId } from "@farthing/money";
import type { Customers } from "./customer.ts";
import { periodAt } from "./period-at.ts";

const keepMs = 30_000;
/** How many customers of a merchant are looked up at once, and in each second after; the others are taken as known. */
const lookupsPerSecond = 100;
const mostKept = 200_000;

/** What is remembered of one merchant. */
interface Remembered {
  /** Until when each answer may be given again: for ever where the customer is known. */
  readonly until: Map<CustomerId, number>;
  /** How many look-ups are left, as of `at`. */
  left: number;
  at: number;
}

/**
 * Remembers which customers are known: for good where they are, for half a minute where they are not.
 *
 * Look-ups only lead to warnings, so they are rationed: events of 100,000 customers would read one each otherwise.
 */
export class KnownCustomers implements CustomerLookup {
  readonly #customers: Pick<Customers, "knownAmong">;
  readonly #clock: Clock;
  readonly #merchants = new Map<MerchantId, Remembered>();
  #size = 0;

  constructor(customers: Pick<Customers, "knownAmong">, clock: Clock) {
    this.#customers = customers;
    this.#clock = clock;
  }

  async knownCustomers(merchant: MerchantId, customers: readonly CustomerId[]): Promise<ReadonlySet<CustomerId>> {
    const now = this.#clock.now();
    const remembered = this.#remembered(merchant, now);
    const { until } = remembered;
    const unsure = customers.filter((id) => (until.get(id) ?? 0) <= now);
    const asked = ration(remembered, unsure, now);
    if (asked.length > 0) await this.#look(merchant, asked, now);
    const skipped = unsure.slice(asked.length);
    return new Set([...customers.filter((id) => until.get(id) === Number.POSITIVE_INFINITY), ...skipped]);
  }

  async #look(merchant: MerchantId, asked: readonly CustomerId[], now: number): Promise<void> {
    const known = await this.#customers.knownAmong(merchant, asked);
    const { until } = this.#remembered(merchant, now);
    for (const id of asked) {
      if (!until.has(id)) this.#size += 1;
      until.set(id, known.has(id) ? Number.POSITIVE_INFINITY : now + keepMs);
    }
  }

  #remembered(merchant: MerchantId, now: number): Remembered {
    if (this.#size > mostKept) {
      for (const { until } of this.#merchants.values()) until.clear();
      this.#size = 0;
    }
    const found = this.#merchants.get(merchant) ?? { until: new Map(), left: lookupsPerSecond, at: now };
    this.#merchants.set(merchant, found);
    return found;
  }
}

/** Takes as many as may be looked up now: all of a few, or a whole ration of many, since a handful at a time is as dear. */
function ration(remembered: Remembered, unsure: readonly CustomerId[], now: number): readonly CustomerId[] {
  const earned = Math.max(0, ((now - remembered.at) / 1000) * lookupsPerSecond);
  remembered.left = Math.min(lookupsPerSecond, remembered.left + earned);
  remembered.at = now;
  const wanted = Math.min(unsure.length, lookupsPerSecond);
  if (remembered.left < wanted) return [];
  remembered.left -= wanted;
  return unsure.slice(0, wanted);
}

/** When a customer that was first seen now is due for its first seal: at the end of the month. Units: milliseconds. */
export function firstDue(nowMs: number): number {
  return periodAt(nowMs, { interval: "month", timezone: "UTC" }).to;
}
