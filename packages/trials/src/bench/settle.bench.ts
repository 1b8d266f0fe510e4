import { rollEverything, settleCustomer } from "@farthing/billing";
import { acceptEvents } from "@farthing/metering";
import { currency, customerId, decimal } from "@farthing/money";
import { cpuSeconds, print, round } from "./measure.ts";
import { memoryMerchant, merchant, meters } from "./memory-merchant.ts";
import { batches, workload } from "./workload.ts";

const customers = 2_000;
const eventsEach = 50;

/** What sealing customers costs, store apart, beside adding up the same events. */
export async function benchSettle(): Promise<void> {
  const hourStartMs = Date.UTC(2026, 10, 22, 10);
  let now = hourStartMs;
  const { ingest, plans, rolls, settling } = await memoryMerchant({ now: () => now });
  const prices = meters.map(
    ({ key }) => ({ key, model: "per_unit", meter: key, unitPrice: decimal("0.0004") }) as const,
  );
  const plan = {
    merchant,
    key: "p",
    version: 1,
    createdAt: 0,
    currency: currency("USD"),
    interval: "month",
    prices,
  } as const;
  await plans.addPlan(plan);
  const all = [...workload({ events: customers * eventsEach, customers, hourStartMs })];
  for (const batch of batches(all, 500)) {
    const text = JSON.stringify({ events: batch });
    await acceptEvents(
      { ...ingest, clock: { now: () => hourStartMs + 3_599_000 } },
      { merchant, text, kind: "json", backfill: true, receivedAt: now },
    );
  }
  now = hourStartMs + 3_700_000;
  await rollEverything(rolls, merchant, 0);
  const ids = [...new Set(all.map(({ customer }) => customerId(customer)))];
  for (const customer of ids) {
    const common = { merchant, customer, plan: "p", planVersion: 1, interval: "month", timezone: "UTC" } as const;
    await settling.subscriptions.addSubscription({ ...common, id: "s", start: 0, flatFrom: now, createdAt: 0 });
  }
  const settlement = { id: "bench", through: now, cutAt: "through", createdAt: now, dryRun: false } as const;
  let invoices = 0;
  const ours = await cpuSeconds(async () => {
    for (const customer of ids) {
      const { seal } = await settleCustomer(settling, { merchant, customer }, settlement);
      invoices += seal?.invoices.length ?? 0;
    }
  });
  const sums = new Map<string, bigint>();
  const plain = await cpuSeconds(() => {
    for (const { customer, data } of all)
      sums.set(customer, (sums.get(customer) ?? 0n) + BigInt(data.qty) * 400_000_000n);
  });
  print({
    measure: "settle, over memory",
    unit: "invoices/s of CPU",
    value: Math.round(invoices / ours),
    baseline: { what: "adding up the same events' charges", value: Math.round(sums.size / plain) },
    eventsEach,
    linesEach: round(meters.length),
  });
}
