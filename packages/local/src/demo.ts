import { Farthing, FarthingClient, type UsageEvent } from "@farthing/sdk";
import { collectDemo } from "./demo-collection.ts";
import { demoCustomers, demoEvents, demoHours, demoMeters, demoPlans } from "./demo-data.ts";

const hourMs = 3_600_000;

/** Enough for a cloud that is killed meanwhile to come up again. */
const attempts = 10;

/** Where the demo goes, and when its week ends. */
export interface DemoOptions {
  readonly api: string;
  readonly keys: {
    readonly admin: string;
    readonly ingest: string;
    readonly billing: string;
    readonly finance: string;
  };
  /** A moment of the hour at whose start the week ends; the same hour makes the same events. */
  readonly nowMs: number;
  readonly settleTimeoutMs?: number;
  /** What answers for Stripe, where it is not Stripe itself: some customers have cards there. */
  readonly stripe?: string | undefined;
}

/** What the demo came to. */
export interface Demo {
  readonly customers: number;
  readonly events: number;
  readonly invoices: number;
}

async function describeBusiness(client: FarthingClient, start: string): Promise<void> {
  for (const [key, meter] of Object.entries(demoMeters)) await client.meters.put(key, meter);
  for (const [key, plan] of Object.entries(demoPlans)) await client.plans.put(key, plan);
  for (const { id, content, plan } of demoCustomers) {
    if (content !== undefined) await client.customers.put(id, content);
    if (plan === undefined) continue;
    const subscription = { customer: id, plan, start };
    await client.subscriptions.create(subscription, { idempotencyKey: `demo-${id}-${start}` });
  }
}

async function send(options: DemoOptions, events: readonly UsageEvent[]): Promise<void> {
  const refused: string[] = [];
  const farthing = new Farthing({
    key: options.keys.ingest,
    url: options.api,
    // Large and few: a week's hours are then written in a few requests.
    batch: { events: 2000 },
    concurrency: 2,
    onRejected: ({ code, message }) => refused.push(`${code}: ${message}`),
  });
  for (const event of events) await farthing.track(event);
  await farthing.close();
  if (refused.length > 0)
    throw new Error(`the API refused ${refused.length} demo events, the first with ${refused[0]}`);
}

/** What goes wrong in a real week, so that the reports have something to show. */
async function addMishaps(options: DemoOptions, events: readonly UsageEvent[], endMs: number): Promise<void> {
  const client = new FarthingClient({ key: options.keys.admin, url: options.api, attempts });
  const [resent, voided] = [events.slice(40, 60), events.find(({ customer }) => customer === "acme")];
  await client.events.send(resent, { idempotencyKey: `demo-resent-${endMs}` });
  const time = new Date(endMs - 3 * hourMs).toISOString();
  const odd = [1, 2, 3].map((n) => ({
    id: `purge-${n}`,
    type: "cache.purge",
    customer: "acme",
    time,
    data: { path: "/" },
  }));
  await client.events.send(odd, { idempotencyKey: `demo-odd-${endMs}` });
  if (voided?.id === undefined) return;
  const request = { id: voided.id, customer: voided.customer, time: String(voided.time), reason: "Sent by a test run" };
  await client.events.void(request, { idempotencyKey: `demo-void-${endMs}` });
}

/**
 * Makes a week of sample traffic that ends with the last full hour, and settles it.
 *
 * It may be run again for the same hour, also after a run that was broken off: nothing is stored or billed twice.
 * Errors: throws when the API refuses something, or the settlement fails or does not end in time.
 */
export async function seedDemo(options: DemoOptions): Promise<Demo> {
  const endMs = Math.floor(options.nowMs / hourMs) * hourMs;
  const events = demoEvents(endMs);
  const admin = new FarthingClient({ key: options.keys.admin, url: options.api, attempts });
  const firstMs = endMs - demoHours * hourMs;
  await describeBusiness(admin, `${new Date(firstMs).toISOString().slice(0, 10)}T00:00:00Z`);
  if (options.stripe !== undefined) await collectDemo(options, options.stripe);
  await send(options, events);
  await addMishaps(options, events, endMs);

  const finance = new FarthingClient({ key: options.keys.finance, url: options.api, attempts });
  const through = new Date(endMs).toISOString();
  const { id } = await finance.settlements.create({ through }, { idempotencyKey: `demo-settlement-${endMs}` });
  const timeoutMs = options.settleTimeoutMs ?? 120_000;
  const settled = await finance.settlements.wait(id, { everyMs: 500, timeoutMs });
  if (settled.status !== "done") throw new Error(`the demo's settlement ${id} is ${settled.status}`);
  return { customers: demoCustomers.length, events: events.length, invoices: settled.invoices };
}
