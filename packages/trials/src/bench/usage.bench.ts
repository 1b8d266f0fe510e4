import { acceptEvents, type Hour, hourOf, queryUsage, rollClosedHours, type UsagePorts } from "@farthing/metering";
import { dynamoMeterSets, dynamoRollProgress, dynamoShardPlans, dynamoStatementLog } from "@farthing/metering/dynamo";
import { customerId } from "@farthing/money";
import { countedDynamo } from "./dynamo-merchant.ts";
import { print, round } from "./measure.ts";
import { memoryMerchant, merchant } from "./memory-merchant.ts";
import { batches, type WorkloadEvent, workload } from "./workload.ts";

const hourMs = 3_600_000;
const monthStart = Date.UTC(2026, 9, 1);
const monthHours = 720;
const customer = customerId("cus_000000");
const perHour = 20;
const openEvents = 100_000;

type Store = Awaited<ReturnType<typeof countedDynamo>>;

/** What usage queries cost on DynamoDB Local: a month of hourly statements, and an hour that no roll has seen. */
export async function benchUsage(): Promise<void> {
  const store = await countedDynamo();
  try {
    await benchMonth(store);
    await benchOpenHour(store);
  } finally {
    await store.stop();
  }
}

/** A merchant whose month was rolled in memory, and whose log was then written to the store as it stood. */
async function monthIn(store: Store): Promise<UsagePorts & { sum: number }> {
  let now = monthStart;
  const { ingest, rolls } = await memoryMerchant({ now: () => now });
  let sum = 0;
  for (let hour = 0; hour < monthHours; hour++) {
    const hourStartMs = monthStart + hour * hourMs;
    const events = [...workload({ events: perHour, customers: 1, hourStartMs, seed: hour + 1 })];
    for (const { type, data } of events) if (type === "api_calls") sum += data.qty;
    now = hourStartMs + hourMs - 10_000;
    await take(ingest, events, now);
    now = hourStartMs + hourMs + 60_000;
    await rollClosedHours(rolls, { merchant, shard: 0 });
  }
  const ports = { ...(await inStore(store, rolls)), clock: { now: () => now } };
  const ref = { merchant, customer };
  for (const statement of await rolls.log.entriesFrom(ref, 1)) await ports.log.append(ref, statement);
  await ports.progress.raiseRolledThrough({ merchant, shard: 0 }, hourOf(now - hourMs));
  return { ...ports, sum };
}

async function inStore(store: Store, rolls: Awaited<ReturnType<typeof memoryMerchant>>["rolls"]) {
  const meters = dynamoMeterSets(store.table("registry"));
  const plans = dynamoShardPlans(store.table("registry"));
  await meters.publishMeters(merchant, await rolls.meters.currentMeters(merchant));
  await plans.startShardPlan(merchant, await rolls.plans.shardPlan(merchant));
  const log = dynamoStatementLog(store.table("log"));
  const progress = dynamoRollProgress(store.table("log"));
  return { journal: store.journal, log, progress, plans, meters, customersOf: async function* () {} };
}

async function take(
  ingest: Awaited<ReturnType<typeof memoryMerchant>>["ingest"],
  events: readonly WorkloadEvent[],
  receivedAt: number,
): Promise<void> {
  const text = JSON.stringify({ events });
  const answer = await acceptEvents(ingest, { merchant, text, kind: "json", backfill: true, receivedAt });
  if (!answer.ok || answer.value.accepted !== events.length) throw new Error("the bench's events were refused");
}

async function benchMonth(store: Store): Promise<void> {
  const ports = await monthIn(store);
  const range = { from: monthStart, to: monthStart + monthHours * hourMs };
  const { ms, units, requests } = await best(store, () => ask(ports, range, String(ports.sum)));
  const plain = await best(store, async () => void (await ports.log.entriesFrom({ merchant, customer }, 1)));
  print({
    measure: `usage of one customer over ${monthHours} hourly statements, on DynamoDB Local`,
    unit: "ms a query",
    value: round(ms),
    baseline: { what: "reading the statements alone", value: round(plain.ms) },
    bound: "at most 60",
    readUnits: units,
    requests,
  });
}

async function benchOpenHour(store: Store): Promise<void> {
  const hourStartMs = monthStart + 2000 * hourMs;
  const now = hourStartMs + hourMs - 10_000;
  const { ingest, rolls } = await memoryMerchant({ now: () => now });
  const ports: UsagePorts = { ...(await inStore(store, rolls)), clock: { now: () => now } };
  await ports.progress.raiseRolledThrough({ merchant, shard: 0 }, (hourOf(now) - 1) as Hour);
  let sum = 0;
  for (const batch of batches(workload({ events: openEvents, customers: 1, hourStartMs, seed: 7 }), 500)) {
    for (const { type, data } of batch) if (type === "api_calls") sum += data.qty;
    await take({ ...ingest, journal: store.journal }, batch, now);
  }
  const range = { from: hourStartMs, to: hourStartMs + hourMs };
  const { ms, units, requests } = await best(store, () => ask(ports, range, String(sum)));
  const plain = await best(store, () => readBundles(ports, hourOf(now)));
  print({
    measure: `usage in an hour of ${openEvents} events that no roll has seen, on DynamoDB Local`,
    unit: "ms a query",
    value: round(ms),
    baseline: { what: "reading the bundles alone", value: round(plain.ms) },
    bound: "at most 250",
    readUnits: units,
    requests,
  });
}

async function readBundles({ journal }: UsagePorts, hour: Hour): Promise<void> {
  let after: string | undefined;
  do after = (await journal.bundles({ merchant, shard: 0, hour }, after)).next;
  while (after !== undefined);
}

async function ask(ports: UsagePorts, range: { from: number; to: number }, expected: string): Promise<void> {
  const query = { merchant, meter: "api_calls", customer, window: "none", groupBy: [], timezone: "UTC" } as const;
  const answer = await queryUsage(ports, { ...query, ...range });
  const value = answer.ok ? answer.value.rows[0]?.value : undefined;
  if (value?.scale !== 0 || String(value.digits) !== expected)
    throw new Error("the bench's usage is not what was sent");
}

/** The best of ten, what others on the machine disturbed least; read units and requests of one. */
async function best(store: Store, task: () => Promise<void>) {
  let ms = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 10; run++) {
    Object.assign(store.counted, { units: 0, requests: 0 });
    const began = performance.now();
    await task();
    ms = Math.min(ms, performance.now() - began);
  }
  return { ms, units: store.counted.units, requests: store.counted.requests };
}
