import { noFrontier, type RatingOrder, rateSeal, SealChain, windowMoves } from "@farthing/billing";
import { memorySeals } from "@farthing/billing/memory";
import { acceptEvents, LogSnapshot, rollClosedHours } from "@farthing/metering";
import { type CustomerId, currency, customerId, decimal, type Picos } from "@farthing/money";
import type { Plan } from "@farthing/pricing";
import { leastCpuSeconds, print, round } from "./measure.ts";
import { memoryMerchant, merchant } from "./memory-merchant.ts";

const hourMs = 3_600_000;
const monthStart = Date.UTC(2026, 8, 1);
const monthHours = 720;
const monthEnd = monthStart + monthHours * hourMs;
/** As many customers as have logs of their own: they are rated in turn until all are. */
const distinct = 20;
const customers = 10_000;

const tiers = [
  { upTo: decimal("10000"), unitPrice: decimal("0.0004") },
  { upTo: decimal("30000"), unitPrice: decimal("0.0002") },
  { upTo: null, unitPrice: decimal("0.0001") },
];
const plan: Plan = {
  merchant,
  key: "p",
  version: 1,
  createdAt: 0,
  currency: currency("USD"),
  interval: "month",
  prices: [{ key: "g", model: "graduated", meter: "api_calls", tiers }],
};

/** What rating customers' months costs, each of 720 hourly statements in memory, beside adding the same numbers. */
export async function benchRating(): Promise<void> {
  const { rolls, quantities } = await hourlyMonth();
  const logs = await Promise.all(
    [...quantities.keys()].map(async (customer) => {
      const ref = { merchant, customer };
      return { ref, log: await LogSnapshot.of(rolls.log, ref, 1) };
    }),
  );
  const stores = { log: rolls.log, meters: rolls.meters };
  const exact = new Map<CustomerId, Picos | undefined>();
  const ours = await leastCpuSeconds(3, async () => {
    for (let rated = 0; rated < customers; rated++) {
      const one = logs[rated % logs.length];
      if (one === undefined) continue;
      const { lines } = await rateSeal({ ...stores, log: one.log }, orderOf(one.ref));
      exact.set(one.ref.customer, lines[0]?.exact);
    }
  });
  const plainly = new Map<CustomerId, bigint>();
  const lists = [...quantities];
  const plain = await leastCpuSeconds(3, () => {
    for (let rated = 0; rated < customers; rated++) {
      const one = lists[rated % lists.length];
      if (one === undefined) continue;
      let sum = 0n;
      for (const quantity of one[1]) sum += quantity;
      plainly.set(one[0], priceOf(sum));
    }
  });
  for (const [customer, picos] of plainly)
    if (picos !== exact.get(customer)) throw new Error("rating and the plain loop differ");
  print({
    measure: `rating, ${monthHours} hourly statements each, graduated`,
    unit: "customers/s of CPU",
    value: Math.round(customers / ours),
    baseline: { what: "adding the same numbers in a plain loop", value: Math.round(customers / plain) },
    bound: "at least 1000",
    microsecondsPerStatement: round((ours / customers / monthHours) * 1e6),
  });
}

/** The tiers of the plan by hand. Units: picos. */
function priceOf(quantity: bigint): bigint {
  const [first, second] = [10_000n, 30_000n];
  if (quantity <= first) return quantity * 400_000_000n;
  if (quantity <= second) return first * 400_000_000n + (quantity - first) * 200_000_000n;
  return first * 400_000_000n + (second - first) * 200_000_000n + (quantity - second) * 100_000_000n;
}

/** The first seal of a customer, of the whole month. */
function orderOf(customer: RatingOrder["customer"]): RatingOrder {
  const subscription = { ...customer, id: "s", plan: "p", planVersion: 1, interval: "month", timezone: "UTC" } as const;
  const times = { start: 0, flatFrom: monthStart, createdAt: 0 };
  const forever = { from: 0, to: Number.POSITIVE_INFINITY };
  const own = { key: "s", stretch: "s", subscription: { ...subscription, ...times }, fees: forever };
  const windows = [{ ...own, ...forever, plan }];
  return {
    customer,
    chain: new SealChain(memorySeals(), customer, undefined),
    number: 1,
    last: noFrontier,
    next: { entry: monthHours, cut: monthEnd },
    meterRevision: 1,
    windows,
    stretches: [{ from: monthStart, to: monthEnd }],
    timezone: "UTC",
    moves: windowMoves([], windows, noFrontier.cut),
    struck: [],
  };
}

/** A month in which each customer had an event an hour, rolled hour by hour; and what each used, as plain numbers. */
async function hourlyMonth() {
  let now = monthStart;
  const { ingest, rolls } = await memoryMerchant({ now: () => now });
  const quantities = new Map<CustomerId, bigint[]>();
  for (let hour = 0; hour < monthHours; hour++) {
    const hourStartMs = monthStart + hour * hourMs;
    const events = Array.from({ length: distinct }, (_, at) => {
      const [customer, qty] = [customerId(`cus_${at}`), 1 + ((hour * 31 + at * 17) % 100)];
      quantities.set(customer, [...(quantities.get(customer) ?? []), BigInt(qty)]);
      const time = new Date(hourStartMs + at).toISOString();
      return { id: `${hour}-${at}`, type: "api_calls", customer, time, data: { qty } };
    });
    now = hourStartMs + hourMs - 10_000;
    const request = { merchant, text: JSON.stringify({ events }), kind: "json", receivedAt: now } as const;
    const answer = await acceptEvents(ingest, { ...request, backfill: true });
    if (!answer.ok || answer.value.accepted !== distinct) throw new Error("the bench's events were refused");
    now = hourStartMs + hourMs + 60_000;
    await rollClosedHours(rolls, { merchant, shard: 0 });
  }
  return { rolls, quantities };
}
