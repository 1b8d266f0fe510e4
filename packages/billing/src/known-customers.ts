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
  readonly #known = new Set<string>();
  readonly #unknownUntil = new Map<string, number>();

  constructor(customers: Pick<Customers, "customer">, clock: Clock) {
    this.#customers = customers;
    this.#clock = clock;
  }

  async knownCustomers(merchant: MerchantId, customers: readonly CustomerId[]): Promise<ReadonlySet<CustomerId>> {
    const now = this.#clock.now();
    const unsure = customers.filter((id) => {
      const key = `${merchant}#${id}`;
      return !this.#known.has(key) && (this.#unknownUntil.get(key) ?? 0) <= now;
    });
    const skipped = unsure.slice(lookupsPerRequest);
    await Promise.all(unsure.slice(0, lookupsPerRequest).map((id) => this.#look(merchant, id, now)));
    return new Set([...customers.filter((id) => this.#known.has(`${merchant}#${id}`)), ...skipped]);
  }

  async #look(merchant: MerchantId, id: CustomerId, now: number): Promise<void> {
    const key = `${merchant}#${id}`;
    if (this.#known.size + this.#unknownUntil.size > mostKept) {
      this.#known.clear();
      this.#unknownUntil.clear();
    }
    if ((await this.#customers.customer(merchant, id))?.known) this.#known.add(key);
    else this.#unknownUntil.set(key, now + keepMs);
  }
}

/** When a customer that was first seen now is due for its first seal: at the end of the month. Units: milliseconds. */
export function firstDue(nowMs: number): number {
  return periodAt(nowMs, { interval: "month", timezone: "UTC" }).to;
}
