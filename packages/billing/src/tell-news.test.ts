import { type CrashPoint, crashing, eachCrash, survive } from "@farthing/metering/faults";
import { currency, expectOk } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { changeInvoice } from "./change-invoice.ts";
import { createCreditNote } from "./create-credit-note.ts";
import { createSettlement, planSettlements } from "./create-settlement.ts";
import { invoiceId } from "./invoice-id.ts";
import type { LaterEvent } from "./invoice-state.ts";
import { tellNews } from "./tell-news.ts";
import { ann, type BillingWorld, billingWorld, charge, hour, merchant, refOf, start } from "./world.fixture.ts";

/** A shop whose customer is charged 5 USD. */
async function charged() {
  const shop = await billingWorld();
  await shop.customers.noteCustomer({ merchant, id: ann, known: true, createdAt: start, updatedAt: start }, start);
  await shop.send(charge("a", start, "5"));
  return shop;
}

/** The same, with an invoice for it. */
async function settled(on?: Partial<BillingWorld>) {
  const shop = await charged();
  await settle(shop, on);
  return shop;
}

async function settle(shop: BillingWorld, on: Partial<BillingWorld> = {}): Promise<void> {
  shop.at(start + hour);
  await createSettlement({ ...shop, ...on }, { merchant, body: { through: start + hour } });
  await shop.drain({ ...shop, ...on });
}

const id = invoiceId({ customer: ann, seal: 1, currency: currency("USD") });
const toldOf = ({ announced }: BillingWorld) => announced.map(({ type, key }) => `${type} ${key}`);

async function change(shop: BillingWorld, event: LaterEvent): Promise<void> {
  expectOk(await changeInvoice(shop, { merchant, id, event, reason: "said so" }));
}

describe("a settlement", () => {
  test("tells of its invoices, and that it is done", async () => {
    const shop = await settled();
    expect(toldOf(shop)).toEqual([`invoice.sealed ${id}`]);
    await tellNews(shop);
    expect(toldOf(shop)).toEqual([`invoice.sealed ${id}`, "settlement.done st_id1"]);
    expect(shop.announced).toMatchObject([
      { merchant, data: { id, number: 1, total: "5.00", due: "5.00", status: "sealed" } },
      { merchant, data: { id: "st_id1", status: "done", invoices: 1 } },
    ]);
    await tellNews(shop);
    expect(shop.announced).toHaveLength(2);
  });

  test("that only looks tells nothing", async () => {
    const shop = await billingWorld();
    await createSettlement(shop, { merchant, body: { through: start + hour, dryRun: true } });
    await shop.drain();
    await tellNews(shop);
    expect(shop.announced).toEqual([]);
    expect(await shop.news.news(9)).toEqual([]);
  });
});

describe("what becomes of an invoice", () => {
  test.for([
    { events: ["paid_outside"], told: ["invoice.paid"], status: "paid", due: "0.00" },
    { events: ["collected"], told: ["invoice.paid"], status: "paid", due: "0.00" },
    { events: ["fell_due"], told: ["invoice.past_due"], status: "past_due", due: "5.00" },
    { events: ["voided"], told: ["invoice.voided"], status: "void", due: "0.00" },
    { events: ["given_up"], told: ["invoice.uncollectible"], status: "uncollectible", due: "0.00" },
    { events: ["written_off"], told: ["invoice.uncollectible"], status: "uncollectible", due: "0.00" },
  ] as const)("is told: $events", async ({ events, told, status, due }) => {
    const shop = await settled();
    await tellNews(shop);
    shop.announced.length = 0;
    for (const event of events) await change(shop, event);
    await tellNews(shop);
    expect(toldOf(shop)).toEqual(told.map((type) => `${type} ${id} 1`));
    expect(shop.announced).toMatchObject([{ data: { id, number: 1, status, due } }]);
  });

  test("is told as it was then, though more has happened since", async () => {
    const shop = await settled();
    await tellNews(shop);
    shop.announced.length = 0;
    for (const event of ["fell_due", "written_off", "collected"] as const) await change(shop, event);
    await tellNews(shop);
    expect(toldOf(shop).sort()).toEqual([
      `invoice.paid ${id} 3`,
      `invoice.past_due ${id} 1`,
      `invoice.uncollectible ${id} 2`,
    ]);
    const byType = new Map(shop.announced.map(({ type, data }) => [type, data]));
    expect(byType.get("invoice.past_due")).toMatchObject({ status: "past_due", due: "5.00" });
    expect(byType.get("invoice.paid")).toMatchObject({ status: "paid" });
  });

  test("as a credit note is told with its document", async () => {
    const shop = await settled();
    await tellNews(shop);
    shop.announced.length = 0;
    expectOk(await createCreditNote(shop, { merchant, id, scope: { whole: true }, reason: "wrong" }));
    await tellNews(shop);
    expect(toldOf(shop)).toEqual([`credit_note.created ${id} 1`]);
    expect(shop.announced).toMatchObject([{ data: { invoice: id, total: "5.00", reason: "wrong" } }]);
  });

  test("that was never written is dropped after an hour, and told when it is", async () => {
    const shop = await billingWorld();
    const news = { kind: "record", customer: { merchant, customer: ann }, number: 1, noticedAt: start } as const;
    await shop.news.noteNews(news);
    shop.at(start + hour);
    await tellNews(shop);
    expect(await shop.news.news(9)).toEqual([news]);
    shop.at(start + hour + 1);
    await tellNews(shop);
    expect(await shop.news.news(9)).toEqual([]);
    expect(shop.announced).toEqual([]);
  });
});

test("wherever a process dies, everything is told, and each thing under one key", async () => {
  const count = await eachCrash(async (point?: CrashPoint) => {
    const shop = await settled();
    const { account, settlements, news, announcements } = shop;
    const mortal = crashing({ account, settlements, news, announcements }, point);
    const stores = { ...shop, ...mortal.stores };
    await survive(async () => {
      await change(stores, "fell_due");
      await change(stores, "paid_outside");
      await tellNews(stores);
    });
    await change(shop, "fell_due").catch(() => undefined);
    await change(shop, "paid_outside");
    await tellNews(shop);
    const keys = [`invoice.paid ${id} 2`, `invoice.past_due ${id} 1`, `invoice.sealed ${id}`, "settlement.done st_id1"];
    expect([...new Set(toldOf(shop))].sort()).toEqual(keys);
    return { calls: mortal.calls };
  });
  expect(count).toBeGreaterThan(8);
});

test("a chunk that dies anywhere tells of its invoices when it comes again", async () => {
  await eachCrash(async (point?: CrashPoint) => {
    const shop = await charged();
    const { numbers, announcements, settlements, seals } = shop;
    const mortal = crashing({ numbers, announcements, settlements, seals }, point);
    await survive(async () => await settle(shop, mortal.stores));
    // The hourly push finds what stands still; one that never began is asked for again.
    await planSettlements(shop);
    await settle(shop);
    await tellNews(shop);
    const sealed = new Set(toldOf(shop).filter((told) => told.startsWith("invoice.sealed")));
    const invoices = (await shop.seals.seals(refOf(ann))).flatMap(({ number, invoices: all }) =>
      all.map(({ currency: code }) => invoiceId({ customer: ann, seal: number, currency: code })),
    );
    expect(invoices).toHaveLength(1);
    expect([...sealed]).toEqual(invoices.map((one) => `invoice.sealed ${one}`));
    return { calls: mortal.calls };
  });
});
