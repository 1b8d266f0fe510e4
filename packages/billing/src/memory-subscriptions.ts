import { frozenCopy } from "@farthing/metering/memory";
import type { CustomerId, MerchantId } from "@farthing/money";
import type { Subscription, SubscriptionRef, Subscriptions } from "./subscription.ts";
import type { SubscriptionEvent } from "./subscription-event.ts";

/** Subscriptions in memory. */
export function memorySubscriptions(): Subscriptions {
  return new MemorySubscriptions();
}

class MemorySubscriptions implements Subscriptions {
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #events = new Map<string, SubscriptionEvent[]>();

  async addSubscription({ events: _, ...subscription }: Subscription): Promise<"added" | "exists"> {
    const key = keyOf(subscription);
    if (this.#subscriptions.has(key)) return "exists";
    this.#subscriptions.set(key, frozenCopy(subscription));
    return "added";
  }

  async addEvent(of: SubscriptionRef, event: SubscriptionEvent): Promise<"added" | "taken"> {
    const events = this.#events.get(keyOf(of)) ?? [];
    if (events.some(({ number }) => number === event.number)) return "taken";
    this.#events.set(
      keyOf(of),
      [...events, frozenCopy(event)].sort((a, b) => a.number - b.number),
    );
    return "added";
  }

  async subscriptionsOf(merchant: MerchantId, customer: CustomerId): Promise<readonly Subscription[]> {
    return [...this.#subscriptions.values()]
      .filter((subscription) => subscription.merchant === merchant && subscription.customer === customer)
      .map((subscription) => {
        const events = this.#events.get(keyOf(subscription));
        return events === undefined ? subscription : { ...subscription, events };
      })
      .sort((a, b) => a.start - b.start || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  async subscriptions(
    merchant: MerchantId,
    page: { after?: string; limit: number },
  ): Promise<{ subscriptions: readonly Subscription[]; next?: string }> {
    const rest = [...this.#subscriptions.values()]
      .filter((subscription) => subscription.merchant === merchant && placeOf(subscription) > (page.after ?? ""))
      .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
    const subscriptions = rest.slice(0, page.limit);
    const last = subscriptions.at(-1);
    return rest.length > subscriptions.length && last !== undefined
      ? { subscriptions, next: placeOf(last) }
      : { subscriptions };
  }
}

function keyOf({ merchant, customer, id }: SubscriptionRef): string {
  return `${merchant}#${customer}#${id}`;
}

function placeOf({ customer, id }: Subscription): string {
  return `${customer}#${id}`;
}
