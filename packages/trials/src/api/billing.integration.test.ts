import type {
  Balance,
  Conservation,
  IngestAnswer,
  Invoice,
  InvoiceSummary,
  MicroCharge,
  Page,
  PlanContent,
  Settlement,
} from "@farthing/sdk";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { picosOf, sumOf } from "../support/picos.ts";
import { ApiWorld, type Shop } from "./api-world.ts";

const start = "2026-06-10T12:00:00Z";

let world: ApiWorld;
let shop: Shop;

beforeAll(async () => {
  world = await ApiWorld.open(inject("dynamoEndpoint"), start);
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  world.at(start);
  shop = await world.shop();
  await shop.send("PUT", "/v1/meters/calls", { eventType: "call", aggregation: "count", groupBy: ["region"] });
  await shop.send("PUT", "/v1/meters/bytes", { eventType: "call", aggregation: "sum", value: "bytes" });
});

const perCall = { model: "per_unit", meter: "calls", unitPrice: "0.0004" } as const;
const perByte = { model: "per_unit", meter: "bytes", unitPrice: "0.09", per: "1000000000" } as const;

async function plan(key: string, ...prices: PlanContent["prices"]): Promise<void> {
  await planOf(key, { prices });
}

async function planOf(key: string, more: Partial<PlanContent>): Promise<void> {
  const body = { currency: "USD", interval: "month", prices: [], ...more };
  expect(await shop.send("PUT", `/v1/plans/${key}`, body)).toMatchObject({ status: 200 });
}

async function customer(id: string, more: object): Promise<void> {
  expect(await shop.send("PUT", `/v1/customers/${id}`, more)).toMatchObject({ status: 200 });
}

const call = (id: string, who: string, time: string, data: object = { bytes: 1000 }) => ({
  id,
  type: "call",
  customer: who,
  time,
  data,
});
const charge = (id: string, who: string, time: string, amount: string, currency = "USD") => ({
  id,
  type: "charge",
  customer: who,
  time,
  data: { amount, currency },
});

async function send(...events: readonly object[]): Promise<void> {
  const answer = await shop.send<IngestAnswer>("POST", "/v1/events", events);
  expect(answer.json).toMatchObject({ accepted: events.length, rejectedCount: 0 });
}

async function voidEvent(id: string, who: string, more: object = {}): Promise<void> {
  const body = { id, customer: who, reason: "a test", ...more };
  expect(await shop.send("POST", "/v1/events/void", body)).toMatchObject({ status: 202 });
}

/** Settles, and answers the invoices by customer, in one currency. */
async function settle(through: string, more: object = {}): Promise<Settled> {
  const { json: created } = await shop.send<Settlement>("POST", "/v1/settlements", { through, ...more });
  await world.drain();
  const { json: settlement } = await shop.send<Settlement>("GET", `/v1/settlements/${created.id}`);
  expect(settlement.status).toBe("done");
  const listed = await shop.send<Page<InvoiceSummary>>("GET", `/v1/invoices?settlement=${created.id}&limit=500`);
  const invoices: Invoice[] = [];
  for (const { id } of listed.json.items) invoices.push((await shop.send<Invoice>("GET", `/v1/invoices/${id}`)).json);
  for (const invoice of invoices) expectSums(invoice);
  return { settlement, invoices };
}

interface Settled {
  readonly settlement: Settlement;
  readonly invoices: readonly Invoice[];
}

function expectSums({ lines, exact, carriedIn, total, carriedOut, status }: Invoice): void {
  expect(sumOf(lines.map((line) => line.amount))).toBe(picosOf(total));
  expect(sumOf(lines.map((line) => line.exact))).toBe(picosOf(exact));
  expect(picosOf(exact) + picosOf(carriedIn)).toBe(picosOf(total) + picosOf(carriedOut));
  expect(status).toBe(picosOf(total) === 0n ? "carried" : "sealed");
}

async function chargesOf(invoice: Invoice, limit: number): Promise<readonly MicroCharge[]> {
  const charges: MicroCharge[] = [];
  let cursor: string | undefined = "";
  while (cursor !== undefined) {
    const more = cursor === "" ? "" : `&cursor=${cursor}`;
    const page: { json: Page<MicroCharge> } = await shop.send<Page<MicroCharge>>(
      "GET",
      `/v1/invoices/${invoice.id}/charges?limit=${limit}${more}`,
    );
    expect(page.json.items.length).toBeLessThanOrEqual(limit);
    charges.push(...page.json.items);
    cursor = page.json.nextCursor;
  }
  return charges;
}

/** A line in short: kind, meter or price, quantity, exact amount, and its period's first day. */
const lineText = ({ kind, meter, description, quantity, exact, period }: Invoice["lines"][number]) =>
  `${kind} ${meter ?? description} ${quantity ?? "-"} ${exact} ${period?.from.slice(0, 16) ?? "-"}`;
const linesOf = (invoice: Invoice | undefined) => (invoice?.lines ?? []).map(lineText).toSorted();
const invoiceOf = ({ invoices }: Settled, who: string) => invoices.find((invoice) => invoice.customer === who);

/** What became of the events of some hours; each hour asked about costs two reads, so they are few. */
async function conservation(from = "2026-06-09T00", to = "2026-06-09T13"): Promise<Conservation> {
  const range = `from=${from}:00:00Z&to=${to}:00:00Z`;
  const report = (await shop.send<Conservation>("GET", `/v1/reports/conservation?${range}`)).json;
  expect(report.gap).toBe(0);
  return report;
}

// The first of all: the schedule settles whoever is due, customers that other tests made among them.
test("the schedule settles customers when their own period is over, up to its end", async () => {
  world.at("2026-06-30T15:00:00Z");
  shop = await world.shop();
  await shop.send("PUT", "/v1/meters/calls", { eventType: "call", aggregation: "count" });
  await plan("web", { ...perCall, unitPrice: "1" });
  await customer("kolkata", { plan: "web", timezone: "Asia/Kolkata" });
  await customer("utc", { plan: "web" });
  const due = async (time: string): Promise<readonly (readonly [string, string])[]> => {
    world.at(time);
    await world.fire("billing/plan-settlements");
    const { items } = (await shop.send<Page<InvoiceSummary>>("GET", "/v1/invoices")).json;
    return items.map((invoice) => [invoice.customer, invoice.exact] as const).toSorted();
  };
  for (const who of ["kolkata", "utc"])
    await send(call("before", who, "2026-06-30T12:00:00Z"), call("until", who, "2026-06-30T15:04:59Z"));
  expect(await due("2026-06-30T18:10:00Z")).toEqual([]);
  world.at("2026-06-30T18:50:00Z");
  for (const who of ["kolkata", "utc"])
    await send(call("edge", who, "2026-06-30T18:29:59.999Z"), call("next", who, "2026-06-30T18:30:00Z"));
  expect(await due("2026-06-30T19:10:00Z")).toEqual([["kolkata", "3"]]);
  expect(await due("2026-06-30T19:10:00Z")).toEqual([["kolkata", "3"]]);
  expect(await due("2026-07-01T00:10:00Z")).toEqual([
    ["kolkata", "3"],
    ["utc", "4"],
  ]);
  expect(await conservation("2026-06-30T12", "2026-06-30T20")).toMatchObject({ accepted: 8, billed: 7, open: 1 });
});

describe("periods follow the customer's zone", () => {
  test("also where one ends inside an hour", async () => {
    await plan("web", perCall, perByte);
    const zones = { utc: "UTC", kolkata: "Asia/Kolkata", newyork: "America/New_York" };
    for (const [id, timezone] of Object.entries(zones)) await customer(id, { plan: "web", timezone });
    // June begins at 18:30 UTC of 31 May in Kolkata, at 00:00 in UTC, at 04:00 UTC of 1 June in New York.
    const times = [
      "2026-05-31T18:29:59.999Z",
      "2026-05-31T18:30:00.000Z",
      "2026-05-31T23:59:59.999Z",
      "2026-06-01T00:00:00.000Z",
      "2026-06-01T03:59:59.999Z",
      "2026-06-01T04:00:00.000Z",
    ];
    for (const who of Object.keys(zones)) await send(...times.map((time, n) => call(`e${n}`, who, time)));
    const settled = await settle("2026-06-05T00:00:00Z");
    const calls = (who: string) => linesOf(invoiceOf(settled, who)).filter((line) => line.startsWith("usage calls"));
    expect(calls("kolkata")).toEqual(["usage calls 1 0.0004 2026-04-30T18:30", "usage calls 5 0.002 2026-05-31T18:30"]);
    expect(calls("utc")).toEqual(["usage calls 3 0.0012 2026-05-01T00:00", "usage calls 3 0.0012 2026-06-01T00:00"]);
    expect(calls("newyork")).toEqual(["usage calls 1 0.0004 2026-06-01T04:00", "usage calls 5 0.002 2026-05-01T04:00"]);
    expect(settled.settlement.totals).toEqual([expect.objectContaining({ currency: "USD", exact: "0.00720162" })]);
    expect(await conservation("2026-05-31T18", "2026-06-01T05")).toMatchObject({ accepted: 18, billed: 18 });
  });

  test("and a settlement that ends inside an hour bills what lies before its end", async () => {
    await plan("web", perCall);
    await customer("ann", { plan: "web" });
    await send(call("a", "ann", "2026-06-09T10:29:59Z"), call("b", "ann", "2026-06-09T10:30:00Z"));
    const first = await settle("2026-06-09T10:30:00Z");
    expect(linesOf(invoiceOf(first, "ann"))).toEqual(["usage calls 1 0.0004 2026-06-01T00:00"]);
    expect(await conservation()).toMatchObject({ accepted: 2, billed: 1, open: 1 });
    const second = await settle("2026-06-09T11:00:00Z");
    expect(linesOf(invoiceOf(second, "ann"))).toEqual(["usage calls 1 0.0004 2026-06-01T00:00"]);
    expect(await conservation()).toMatchObject({ accepted: 2, billed: 2, open: 0 });
  });

  test("a daily plan has a line for each day of the customer's zone", async () => {
    await planOf("daily", { interval: "day", prices: [perCall, { model: "flat", amount: "1", timing: "in_arrears" }] });
    await customer("ann", { plan: "daily", timezone: "Asia/Kolkata" });
    world.at("2026-06-12T12:00:00Z");
    await send(
      call("a", "ann", "2026-06-10T18:29:59Z"),
      call("b", "ann", "2026-06-10T18:30:00Z"),
      call("c", "ann", "2026-06-11T18:30:00Z"),
    );
    const settled = await settle("2026-06-11T18:30:00Z");
    expect(linesOf(invoiceOf(settled, "ann"))).toEqual([
      "flat flat 1 1 2026-06-09T18:30",
      "flat flat 1 1 2026-06-10T18:30",
      "usage calls 1 0.0004 2026-06-09T18:30",
      "usage calls 1 0.0004 2026-06-10T18:30",
    ]);
  });
});

describe("flat prices", () => {
  test("come due as their period begins, or when it is over, and once", async () => {
    // A merchant that begins shortly before the month ends has few hours to roll.
    world.at("2026-06-30T12:00:00Z");
    shop = await world.shop();
    await plan(
      "base",
      { key: "before", model: "flat", amount: "5", timing: "in_advance" },
      { key: "after", model: "flat", amount: "2.5", timing: "in_arrears" },
    );
    await customer("ann", { plan: "base" });
    const june = await settle("2026-06-30T09:00:00Z");
    expect(linesOf(invoiceOf(june, "ann"))).toEqual(["flat before 1 5 2026-06-01T00:00"]);
    expect((await settle("2026-06-30T11:00:00Z")).invoices).toEqual([]);
    world.at("2026-07-01T02:00:00Z");
    const july = await settle("2026-07-01T01:00:00Z");
    expect(linesOf(invoiceOf(july, "ann"))).toEqual([
      "flat after 1 2.5 2026-06-01T00:00",
      "flat before 1 5 2026-07-01T00:00",
    ]);
    expect(invoiceOf(july, "ann")).toMatchObject({ total: "7.50", events: 0, status: "sealed" });
  });
});

describe("what is too little is carried", () => {
  test("whole under the plan's least invoice, and collected with the next", async () => {
    await planOf("small", { prices: [{ ...perCall, unitPrice: "0.3333" }], minimumInvoice: "1.00" });
    await customer("ann", { plan: "small" });
    await send(call("a", "ann", "2026-06-09T00:00:00Z"), call("b", "ann", "2026-06-09T01:00:00Z"));
    const first = await settle("2026-06-10T00:00:00Z");
    expect(invoiceOf(first, "ann")).toMatchObject({
      status: "carried",
      exact: "0.6666",
      total: "0.00",
      carriedIn: "0",
      carriedOut: "0.6666",
    });
    expect(first.settlement.totals).toEqual([
      { currency: "USD", exact: "0.6666", invoiced: "0.00", carried: "0.6666" },
    ]);
    world.at("2026-06-12T00:00:00Z");
    await send(call("c", "ann", "2026-06-11T00:00:00Z"), call("d", "ann", "2026-06-11T00:00:00Z"));
    const second = await settle("2026-06-12T00:00:00Z");
    expect(invoiceOf(second, "ann")).toMatchObject({
      status: "sealed",
      exact: "0.6666",
      carriedIn: "0.6666",
      total: "1.33",
      carriedOut: "0.0032",
    });
    const { json: balance } = await shop.send<{ balances: Balance["balances"] }>("GET", "/v1/customers/ann/balance");
    expect(balance.balances).toMatchObject([{ currency: "USD", due: "1.33", carried: "0.0032", unbilled: "0" }]);
  });

  test("in each currency by itself", async () => {
    await customer("ann", {});
    const time = "2026-06-09T00:00:00Z";
    await send(
      charge("a", "ann", time, "0.004"),
      charge("b", "ann", time, "1.005"),
      charge("c", "ann", time, "1.5", "JPY"),
      charge("d", "ann", time, "0.0005", "KWD"),
      charge("e", "ann", time, "0.000000000001", "EUR"),
    );
    const settled = await settle("2026-06-10T00:00:00Z");
    expect(
      settled.invoices.map(({ currency, total, carriedOut, status }) => [currency, total, carriedOut, status]),
    ).toEqual([
      ["EUR", "0.00", "0.000000000001", "carried"],
      ["JPY", "2", "-0.5", "sealed"],
      ["KWD", "0.000", "0.0005", "carried"],
      ["USD", "1.01", "-0.001", "sealed"],
    ]);
    expect(await conservation()).toMatchObject({ accepted: 5, billed: 5 });
  });
});

describe("what comes after the invoice", () => {
  beforeEach(async () => {
    await plan("web", { ...perCall, unitPrice: "1" });
    await customer("ann", { plan: "web" });
  });

  test("is on the next one: as an adjustment where its period was over", async () => {
    await send(call("may", "ann", "2026-05-30T00:00:00Z"), call("june", "ann", "2026-06-09T00:00:00Z"));
    const first = await settle("2026-06-10T00:00:00Z");
    expect(invoiceOf(first, "ann")?.total).toBe("2.00");
    world.at("2026-06-10T13:00:00Z");
    await send(call("late-may", "ann", "2026-05-30T12:00:00Z"), call("late-june", "ann", "2026-06-09T12:00:00Z"));
    const second = await settle("2026-06-10T12:30:00Z");
    expect(linesOf(invoiceOf(second, "ann"))).toEqual([
      "adjustment calls 1 1 2026-05-01T00:00",
      "usage calls 1 1 2026-06-01T00:00",
    ]);
    const unchanged = await shop.send<Invoice>("GET", `/v1/invoices/${invoiceOf(first, "ann")?.id}`);
    expect(unchanged.json).toEqual(invoiceOf(first, "ann"));
    expect((await chargesOf(invoiceOf(second, "ann") ?? expect.fail(), 1)).map(({ id }) => id)).toEqual([
      "late-may",
      "late-june",
    ]);
    expect(await conservation("2026-05-30T00", "2026-05-30T13")).toMatchObject({ accepted: 2, billed: 2, open: 0 });
    expect(await conservation()).toMatchObject({ accepted: 2, billed: 2, open: 0 });
  });

  test("a void of what was billed is a credit on the next", async () => {
    await send(call("a", "ann", "2026-06-09T00:00:00Z"), call("b", "ann", "2026-06-09T01:00:00Z"));
    const first = await settle("2026-06-10T00:00:00Z");
    expect(invoiceOf(first, "ann")?.total).toBe("2.00");
    world.at("2026-06-10T13:00:00Z");
    await voidEvent("a", "ann");
    const second = await settle("2026-06-10T12:30:00Z");
    expect(linesOf(invoiceOf(second, "ann"))).toEqual(["usage calls -1 -1 2026-06-01T00:00"]);
    expect(invoiceOf(second, "ann")).toMatchObject({ status: "carried", total: "0.00", carriedOut: "-1" });
    expect(await chargesOf(invoiceOf(second, "ann") ?? expect.fail(), 10)).toMatchObject([
      { id: "a", quantity: "-1", amount: "-1", running: "-1" },
    ]);
    expect(await conservation()).toMatchObject({ accepted: 2, billed: 1, voided: 1 });
    world.at("2026-06-11T13:00:00Z");
    await send(call("c", "ann", "2026-06-11T01:00:00Z"), call("d", "ann", "2026-06-11T01:00:00Z"));
    const third = await settle("2026-06-11T12:00:00Z");
    expect(invoiceOf(third, "ann")).toMatchObject({ exact: "2", carriedIn: "-1", total: "1.00", carriedOut: "0" });
    expect(await conservation("2026-06-09T00", "2026-06-09T02")).toMatchObject({ accepted: 2, billed: 1, voided: 1 });
    expect(await conservation("2026-06-11T01", "2026-06-11T02")).toMatchObject({ accepted: 2, billed: 2 });
  });

  test("a void before the invoice leaves nothing to credit", async () => {
    await send(call("a", "ann", "2026-06-09T00:00:00Z"), call("b", "ann", "2026-06-09T01:00:00Z"));
    await voidEvent("a", "ann");
    const settled = await settle("2026-06-10T00:00:00Z");
    expect(invoiceOf(settled, "ann")).toMatchObject({ exact: "1", events: 1 });
    expect(await conservation()).toMatchObject({ accepted: 2, billed: 1, voided: 1 });
  });

  test.for([
    { time: "2026-06-09T00:00:00Z", why: "right" },
    { time: "2026-06-08T12:00:00Z", why: "a day before" },
    { time: "2015-05-17T10:05:03Z", why: "years before" },
    { time: "2026-06-10T12:04:59Z", why: "minutes ahead" },
    { time: "2026-06-10T13:30:00Z", why: "hours ahead" },
    { time: "9999-12-31T23:59:59Z", why: "ages ahead" },
  ])("a void counts wherever it is told to look first: $why", async ({ time }) => {
    await send(call("a", "ann", "2026-06-09T00:00:00Z"), call("b", "ann", "2026-06-09T01:00:00Z"));
    await voidEvent("a", "ann", { time });
    expect(invoiceOf(await settle("2026-06-10T00:00:00Z"), "ann")).toMatchObject({ exact: "1", events: 1 });
    expect(await conservation()).toMatchObject({ accepted: 2, billed: 1, voided: 1 });
  });

  test("a copy of what was billed bills nothing, also in another hour", async () => {
    await send(call("a", "ann", "2026-06-09T00:00:00Z"));
    await settle("2026-06-10T00:00:00Z");
    world.at("2026-06-10T13:00:00Z");
    await send(call("a", "ann", "2026-06-09T09:00:00Z"));
    await send(call("a", "ann", "2026-06-09T00:00:00Z"));
    expect((await settle("2026-06-10T12:30:00Z")).invoices).toEqual([]);
    expect(await conservation()).toMatchObject({ accepted: 2, billed: 1, conflict: 1 });
  });

  test("the whole day sent again in other batches bills nothing", async () => {
    const day = Array.from({ length: 60 }, (_, n) => call(`e${n}`, "ann", `2026-06-09T0${n % 10}:00:00Z`));
    await send(...day);
    expect((await settle("2026-06-10T00:00:00Z")).settlement.totals).toMatchObject([{ exact: "60" }]);
    world.at("2026-06-10T13:00:00Z");
    for (let at = 0; at < day.length; at += 7) await send(...day.slice(at, at + 7));
    expect((await settle("2026-06-10T12:30:00Z")).invoices).toEqual([]);
    expect(await conservation()).toMatchObject({ accepted: 120, billed: 60, duplicate: 60 });
  });

  test("the same id more than 35 days away is another event", async () => {
    await send(call("far", "ann", "2026-06-09T00:00:00Z"), call("near", "ann", "2026-06-09T00:00:00Z"));
    const old = [call("far", "ann", "2026-05-04T23:59:59.999Z"), call("near", "ann", "2026-05-05T00:00:00Z")];
    expect(await shop.send("POST", "/v1/events?backfill=may", old)).toMatchObject({ json: { accepted: 2 } });
    expect(invoiceOf(await settle("2026-06-10T00:00:00Z"), "ann")).toMatchObject({ exact: "3", events: 3 });
  });

  test("two settlements at once, with every message handed out twice, bill each event once", async () => {
    await customer("bob", { plan: "web" });
    await send(...["ann", "bob"].flatMap((who) => [1, 2, 3].map((n) => call(`e${n}`, who, `2026-06-09T0${n}:00:00Z`))));
    const ids: string[] = [];
    for (const through of ["2026-06-09", "2026-06-09T02:30:00Z"])
      ids.push((await shop.send<Settlement>("POST", "/v1/settlements", { through })).json.id);
    await world.drain(2);
    const done = await Promise.all(ids.map((id) => shop.send<Settlement>("GET", `/v1/settlements/${id}`)));
    expect(done.map(({ json }) => json.status)).toEqual(["done", "done"]);
    expect(sumOf(done.flatMap(({ json }) => json.totals.map(({ exact }) => exact)))).toBe(picosOf("6"));
    expect(await conservation()).toMatchObject({ accepted: 6, billed: 6 });
  });

  test("a settlement of some leaves the others for the next", async () => {
    await customer("bob", { plan: "web" });
    await send(call("a", "ann", "2026-06-09T00:00:00Z"), call("a", "bob", "2026-06-09T00:00:00Z"));
    const some = await settle("2026-06-10T00:00:00Z", { customers: ["bob"] });
    expect(some.invoices.map((invoice) => invoice.customer)).toEqual(["bob"]);
    const rest = await settle("2026-06-10T00:00:00Z");
    expect(rest.invoices.map((invoice) => invoice.customer)).toEqual(["ann"]);
  });

  test("a dry run tells the sums and seals nothing", async () => {
    await send(call("a", "ann", "2026-06-09T00:00:00Z"));
    const dry = await settle("2026-06-10T00:00:00Z", { dryRun: true });
    expect(dry.settlement).toMatchObject({ dryRun: true, invoices: 1, totals: [{ exact: "1", invoiced: "1.00" }] });
    expect(dry.invoices).toEqual([]);
    expect(await conservation()).toMatchObject({ accepted: 1, billed: 0, open: 1 });
    expect((await settle("2026-06-10T00:00:00Z")).settlement.totals).toMatchObject([{ exact: "1" }]);
  });
});

describe("a plan that changes", () => {
  test("in mid-period charges each event by the plan of its time", async () => {
    await plan("old", { ...perCall, unitPrice: "1" });
    await plan("new", { ...perCall, unitPrice: "10" });
    await customer("ann", { plan: "old" });
    world.at("2026-06-12T00:00:00Z");
    const subscription = { customer: "ann", plan: "new", start: "2026-06-11T10:30:00Z" };
    expect(await shop.send("POST", "/v1/subscriptions", subscription)).toMatchObject({ status: 201 });
    await send(
      call("a", "ann", "2026-06-11T10:29:59.999Z"),
      call("b", "ann", "2026-06-11T10:30:00Z"),
      call("c", "ann", "2026-06-11T10:31:00Z"),
    );
    const settled = await settle("2026-06-12T00:00:00Z");
    expect(linesOf(invoiceOf(settled, "ann")).map((line) => line.split(" ").slice(0, 4).join(" "))).toEqual([
      "usage calls 1 1",
      "usage calls 2 20",
    ]);
    expect((await chargesOf(invoiceOf(settled, "ann") ?? expect.fail(), 2)).map(({ amount }) => amount)).toEqual([
      "1",
      "10",
      "10",
    ]);
  });

  test("to another content stays on its version until it is moved", async () => {
    await plan("web", { ...perCall, unitPrice: "1" });
    await customer("ann", { plan: "web" });
    await plan("web", { ...perCall, unitPrice: "7" });
    await customer("bob", { plan: "web" });
    await send(call("a", "ann", "2026-06-09T00:00:00Z"), call("a", "bob", "2026-06-09T00:00:00Z"));
    const settled = await settle("2026-06-10T00:00:00Z");
    expect([invoiceOf(settled, "ann")?.total, invoiceOf(settled, "bob")?.total]).toEqual(["1.00", "7.00"]);
  });

  test("a meter made later counts what was stored before and is not billed", async () => {
    await plan("web", perCall);
    await customer("ann", { plan: "web" });
    await send({ id: "a", type: "seat", customer: "ann", time: "2026-06-09T00:00:00Z", data: { seats: 3 } });
    expect(await conservation()).toMatchObject({ accepted: 1, open: 1 });
    await shop.send("PUT", "/v1/meters/seats", { eventType: "seat", aggregation: "sum", value: "seats" });
    await plan("seats", { model: "per_unit", meter: "seats", unitPrice: "2" });
    await customer("bob", { plan: "seats" });
    await send({ id: "b", type: "seat", customer: "bob", time: "2026-06-09T00:00:00Z", data: { seats: "2.5" } });
    const settled = await settle("2026-06-10T00:00:00Z");
    expect(settled.invoices.map((invoice) => [invoice.customer, invoice.total])).toEqual([["bob", "5.00"]]);
    expect(await conservation()).toMatchObject({ accepted: 2, billed: 1, free: 1 });
  });
});

/** The lines of an invoice's charges as a file. */
async function fileOf({ id }: Invoice, accept: string): Promise<readonly string[]> {
  const answer = await shop.send("GET", `/v1/invoices/${id}/charges`, undefined, { headers: { accept } });
  expect(answer.headers["content-type"]).toContain(accept);
  return Buffer.from(answer.text, "base64").toString().trimEnd().split(/\r?\n/);
}

describe("the charges behind an invoice", () => {
  test.for([1, 7, 500])("add up to it in pages of %i", async (limit) => {
    await plan("web", { ...perCall, group: { region: "eu" } }, { ...perCall, key: "all", unitPrice: "0.01" }, perByte);
    await customer("ann", { plan: "web" });
    const events = Array.from({ length: 12 }, (_, n) => {
      const time = `2026-06-0${1 + (n % 3)}T0${n % 4}:30:00Z`;
      return call(`e${n}`, "ann", time, { bytes: n * 1_000_003, region: n % 2 === 0 ? "eu" : "us" });
    });
    await send(...events, charge("tip", "ann", "2026-06-02T01:00:00Z", "0.123456789012"));
    const settled = await settle("2026-06-10T00:00:00Z");
    const invoice = invoiceOf(settled, "ann") ?? expect.fail("no invoice");
    const charges = await chargesOf(invoice, limit);
    let running = 0n;
    for (const { amount, running: told } of charges) {
      running += picosOf(amount);
      expect(picosOf(told)).toBe(running);
    }
    expect(running).toBe(picosOf(invoice.exact));
    for (const line of invoice.lines) {
      const own = charges.filter((one) => one.line === line.id);
      expect([line.description, sumOf(own.map(({ amount }) => amount))]).toEqual([
        line.description,
        picosOf(line.exact),
      ]);
    }
    const csv = await fileOf(invoice, "text/csv");
    expect(csv).toHaveLength(1 + charges.length + invoice.lines.length + 1);
    expect((await fileOf(invoice, "application/x-ndjson")).map((line) => JSON.parse(line)).at(-1)).toEqual({
      record: "total",
      charges: charges.length,
      amount: invoice.exact,
    });
    // A price for one region, one for all, and one for bytes: six, twelve and twelve; and one direct charge.
    expect(charges).toHaveLength(31);
    expect(charges.map(({ time }) => time)).toEqual(charges.map(({ time }) => time).toSorted());
    expect(invoice.events).toBe(13);
  });
});

test("what is sent in four settlements, some of it late, adds up", async () => {
  await planOf("web", { prices: [perCall, perByte], minimumInvoice: "0.05" });
  const people = ["ann", "bob", "cid"];
  for (const id of people) await customer(id, { plan: "web" });
  const settlements: Settled[] = [];
  let [sent, bytes] = [0, 0];
  for (let nth = 0; nth < 4; nth++) {
    const day = Date.parse("2026-06-11T00:00:00Z") + nth * 8 * 3_600_000;
    world.at(day);
    const events = people.flatMap((who, n) =>
      Array.from({ length: 3 + 17 * n }, (_, k) => {
        const size = 1_000_000 * (k + 1) + nth;
        [sent, bytes] = [sent + 1, bytes + size];
        return call(`d${nth}-${k}`, who, new Date(day - (k + 1) * 900_000).toISOString(), { bytes: size });
      }),
    );
    await send(...events);
    settlements.push(await settle(new Date(day).toISOString()));
  }
  const exact = BigInt(sent) * 400_000_000n + BigInt(bytes) * 90n;
  const invoices = settlements.flatMap((settled) => settled.invoices);
  expect(sumOf(invoices.map((invoice) => invoice.exact))).toBe(exact);
  let carried = 0n;
  for (const who of people) {
    const own = invoices.filter((invoice) => invoice.customer === who);
    for (const [n, invoice] of own.entries()) expect(invoice.carriedIn).toBe(own[n - 1]?.carriedOut ?? "0");
    carried += picosOf(own.at(-1)?.carriedOut ?? "0");
  }
  expect(sumOf(invoices.map((invoice) => invoice.total)) + carried).toBe(exact);
  expect(await conservation("2026-06-10T00", "2026-06-12T00")).toMatchObject({ accepted: sent, billed: sent });
});
