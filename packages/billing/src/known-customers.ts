import type { CustomerLookup } from "@farthing/metering";
import type { Clock, CustomerId, MerchantId } from "@farthing/money";
import type { Customers } from "./customer.ts";
import { periodAt } from "./period-at.ts";

const keepMs = 30_000;
/** How many customers one request looks up, at most; the others are taken as known. */
const lookupsPerRequest = 100;
const mostKept = 200_000;

/** Remembers which customers are known: for good where they are, for half a minute where they are not. */
export class KnownCustomers implements CustomerLookup {
  readonly #customers: Pick<Customers, "customer">;
  readonly #clock: Clock;
  /** Until when each answer may be given again, by merchant: for ever where the customer is known. */
  readonly #until = new Map<MerchantId, Map<CustomerId, number>>();
  #size = 0;

  constructor(customers: Pick<Customers, "customer">, clock: Clock) {
    this.#customers = customers;
    this.#clock = clock;
  }

  async knownCustomers(merchant: MerchantId, customers: readonly CustomerId[]): Promise<ReadonlySet<CustomerId>> {
    const now = this.#clock.now();
    const until = this.#untilOf(merchant);
    const unsure = customers.filter((id) => (until.get(id) ?? 0) <= now);
    await Promise.all(unsure.slice(0, lookupsPerRequest).map((id) => this.#look(merchant, id, now)));
    const skipped = unsure.slice(lookupsPerRequest);
    return new Set([...customers.filter((id) => until.get(id) === Number.POSITIVE_INFINITY), ...skipped]);
  }

  async #look(merchant: MerchantId, id: CustomerId, now: number): Promise<void> {
    const isKnown = (await this.#customers.customer(merchant, id))?.known === true;
    const until = this.#untilOf(merchant);
    if (!until.has(id)) this.#size += 1;
    until.set(id, isKnown ? Number.POSITIVE_INFINITY : now + keepMs);
  }

  #untilOf(merchant: MerchantId): Map<CustomerId, number> {
    if (this.#size > mostKept) {
      this.#until.clear();
      this.#size = 0;
    }
    const found = this.#until.get(merchant) ?? new Map<CustomerId, number>();
    this.#until.set(merchant, found);
    return found;
  }
}

/** When a customer that was first seen now is due for its first seal: at the end of the month. Units: milliseconds. */
export function firstDue(nowMs: number): number {
  return periodAt(nowMs, { interval: "month", timezone: "UTC" }).to;
}
