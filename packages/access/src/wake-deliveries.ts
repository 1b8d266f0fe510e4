import { asked, type Delivery, wakeBuckets } from "./webhook-delivery.ts";
import type { PublishStores } from "./webhook-ports.ts";

const perBucket = 500;
const atOnce = 16;
/** A delivery that is overdue by this much is one that nothing took up. */
const lateMs = 30 * 60_000;

/** What a run of the schedule found. */
export interface Woken {
  readonly asked: number;
  /** Deliveries whose attempt has been due for half an hour. */
  readonly late: number;
}

/**
 * Asks for the attempts that are due and further off than a queue keeps messages, and for those whose message was lost.
 * Run twice, or late, it changes nothing: an attempt is made by who claims it.
 */
export async function wakeDeliveries(stores: PublishStores): Promise<Woken> {
  const now = stores.clock.now();
  const buckets = Array.from({ length: wakeBuckets }, (_, bucket) => bucket);
  const due = (await Promise.all(buckets.map((bucket) => stores.deliveries.toWake(bucket, now, perBucket)))).flat();
  for (let from = 0; from < due.length; from += atOnce) {
    await Promise.all(due.slice(from, from + atOnce).map((one) => wake(stores, one, now)));
  }
  return { asked: due.length, late: due.filter(({ nextAt = now }) => nextAt < now - lateMs).length };
}

async function wake({ deliveries, queue }: PublishStores, delivery: Delivery, now: number): Promise<void> {
  await queue.askToDeliver(delivery);
  await deliveries.putDelivery(asked(delivery, now));
}
