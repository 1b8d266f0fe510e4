import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { LocalFarthing } from "../support/local-farthing.ts";
import { crash } from "./http-crash.bench.ts";
import { print, round } from "./measure.ts";
import { type Line, type Load, missingForPeers, PeerHarness } from "./peer-harness.ts";
import { threadCpu } from "./thread-cpu.ts";

const whole: Load = { events: 1_000_000, batch: 500, customers: 1_000, conc: 4 };
const loads: readonly (Load & { readonly memory?: true })[] = [
  whole,
  { ...whole, memory: true },
  { ...whole, customers: 100_000 },
  { ...whole, events: 50_000, batch: 1, conc: 8 },
];
const types = ["api_calls", "tokens", "storage_gb"];
const mostChecked = 1_000;
/** With more customers than this, the load names strangers: what is unknown is accepted with a warning. */
const mostPut = 1_000;
const putAtOnce = 20;
const inMemory = "/dev/shm";

/**
 * Ingest through HTTP into DynamoDB Local: gateway, handler and database, beside a hand-written PostgreSQL under the same load
 * in the same session, both stores on one file system.
 */
export async function benchHttp(only: Partial<Load> = {}): Promise<void> {
  const missing = missingForPeers();
  if (missing !== undefined) {
    console.error(`SKIPPED: ingest through HTTP beside PostgreSQL, since ${missing}.`);
    return;
  }
  using harness = await PeerHarness.copyTo(tmpdir());
  for (const { memory = false, ...load } of loads) {
    if (memory && !existsSync(inMemory)) continue;
    await beside(harness, { ...load, ...only }, memory ? inMemory : tmpdir());
  }
  await benchCrash(harness);
}

async function benchCrash(harness: PeerHarness): Promise<void> {
  await using farthing = await LocalFarthing.start();
  await putMeters(farthing);
  const outcome = await crash(harness, farthing, () => totalsOf(farthing, Date.now()));
  const { nothingLost, exact, replayErrors } = outcome;
  if (!nothingLost || !exact || replayErrors > 0) throw new Error(`a crash lost something: ${JSON.stringify(outcome)}`);
  print({
    measure: "a crash of everything in the middle of a load, then a replay of all",
    unit: "events lost or counted twice",
    value: 0,
    baseline: { what: "events that were acknowledged before it", value: outcome.acknowledgedEvents },
    bound: "none",
    ...outcome,
  });
}

async function putMeters(farthing: LocalFarthing): Promise<void> {
  for (const type of types) {
    await call(farthing, "PUT", `/v1/meters/${type}`, { eventType: type, aggregation: "sum", value: "qty" });
  }
}

/** Puts the customers that the load names, as a merchant does before it sends their events. */
async function putCustomers(farthing: LocalFarthing, customers: number): Promise<void> {
  const ids = Array.from({ length: customers }, (_, number) => `cus_${String(number).padStart(6, "0")}`);
  while (ids.length > 0) {
    const some = ids.splice(0, putAtOnce);
    await Promise.all(some.map((id) => call(farthing, "PUT", `/v1/customers/${id}`, {})));
  }
}

async function beside(harness: PeerHarness, load: Load, place: string): Promise<void> {
  const { line, ...apart } = await runOurs(harness, load, place);
  const peer = await harness.postgres(load, place);
  const what = `ingest through HTTP: ${load.customers} customers, ${load.batch} a request, ${load.conc} connections`;
  const facts = { place, errors: line.errors, reqMs: line.reqMs, baselineReqMs: peer.reqMs, ...apart };
  print({
    measure: `${what}; stores in ${place}`,
    unit: "events/s",
    value: line.eventsPerSec,
    baseline: { what: "hand-written PostgreSQL", value: peer.eventsPerSec },
    bound: "more",
  });
  print({
    measure: `${what}; stores in ${place}`,
    unit: "CPU s per million events",
    value: line.cpuSecPer1M.total,
    baseline: { what: "hand-written PostgreSQL", value: peer.cpuSecPer1M.total },
    bound: "less; the handler alone at most 4",
    ...facts,
  });
}

async function runOurs(harness: PeerHarness, load: Load, place: string) {
  await using farthing = await LocalFarthing.start(undefined, place);
  await putMeters(farthing);
  if (load.customers <= mostPut) await putCustomers(farthing, load.customers);
  const cloud = farthing.pid("cloud");
  const before = threadCpu(cloud);
  const port = new URL(farthing.api).port;
  const pids = `cloud=${cloud},store=${farthing.pid("dynamo")}`;
  const format = join(import.meta.dirname, "http-format.ts");
  const env = { FARTHING_BENCH_KEY: farthing.keys.ingest };
  const line = await harness.server(load, ["--name", "ours", "--port", port, "--format", format, "--pids", pids], env);
  const after = threadCpu(cloud);
  const perMillion = (from = 0, to = 0) => round(((to - from) * 1e6) / line.events);
  return {
    line,
    gateway: perMillion(before?.main, after?.main),
    handler: perMillion(before?.workers, after?.workers),
    engine: perMillion(before?.engine, after?.engine),
    database: line.cpuSecPer1M.store,
    // With more customers nearly each event has a statement of its own, and rolling them takes an hour.
    ...(load.customers > mostChecked ? {} : { correct: await isCorrect(harness, farthing, line) }),
  };
}

/** Whether usage adds up to what was sent, by customer and meter. */
async function isCorrect(harness: PeerHarness, farthing: LocalFarthing, { expected }: Line): Promise<boolean> {
  if (expected === null) return false;
  return (await harness.digestOf(await totalsOf(farthing, Date.now()))) === expected.digest;
}

/** Usage by customer and meter, as the API tells it. */
async function totalsOf(farthing: LocalFarthing, now: number): Promise<ReadonlyMap<string, number>> {
  const through = new Date(now).toISOString();
  const { id } = await call<{ id: string }>(farthing, "POST", "/v1/settlements", { through, dryRun: true });
  // A settlement rolls whatever is there, and usage over statements is read within the time of one request.
  while ((await call<{ status: string }>(farthing, "GET", `/v1/settlements/${id}`)).status !== "done") await wait(500);
  const range = `from=${new Date(now - 30 * 3_600_000).toISOString()}&to=${new Date(now + 3_600_000).toISOString()}`;
  const totals = new Map<string, number>();
  for (const type of types) {
    const usage = `/v1/usage?meter=${type}&groupBy=customer&${range}`;
    const { rows } = await call<{ rows: { customer: string; value: string }[] }>(farthing, "GET", usage);
    for (const { customer, value } of rows) totals.set(`${customer}|${type}`, Number(value));
  }
  return totals;
}

async function call<T>({ api, keys }: LocalFarthing, method: string, path: string, body?: object): Promise<T> {
  const headers = { authorization: `Bearer ${keys.admin}`, "content-type": "application/json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${api}${path}`, { method, headers, ...sent });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
