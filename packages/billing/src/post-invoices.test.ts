import { accountId, trialBalance } from "@farthing/ledger";
import { memoryBooks } from "@farthing/ledger/memory";
import { currency, formatPicos, picos } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { createSettlement } from "./create-settlement.ts";
import { invoicePostings } from "./post-invoices.ts";
import { pushSettlement, takeStep } from "./run-settlement.ts";
import type { Seal, SealedInvoice, SealedLine } from "./seal.ts";
import { ann, type BillingWorld, billingWorld, charge, hour, merchant, refOf, start } from "./world.fixture.ts";

function line(exact: string, kind: string): SealedLine {
  const key = {
    subscription: null,
    price: "p",
    periodFrom: 0,
    periodTo: 1,
    meterRevision: 1,
    currency: currency("USD"),
  };
  const amounts = { exact: picos(exact), amount: picos("0"), chargedExact: picos(exact) };
  return { id: "l", kind: kind as SealedLine["kind"], key, description: "", ...amounts };
}

const held = { name: "VAT", rate: "0.2", kind: "inclusive", base: picos("1"), amount: picos("0.2") } as const;

function seal(invoice: Partial<SealedInvoice>): Seal {
  const nothing = { exact: picos("0"), carriedIn: picos("0"), total: picos("0"), carriedOut: picos("0"), lines: [] };
  const usd = { currency: currency("USD"), status: "sealed", period: { from: 0, to: 1 }, events: 0 } as const;
  const rest = { frontier: { entry: 1, cut: 1 }, readFrom: 1, carries: {}, struck: [], voids: [], meterRevision: 1 };
  const names = { subscriptions: [], timezone: "UTC", tree: "", root: "", settlement: "st_1", sealedAt: start };
  return { customer: refOf(ann), number: 3, invoices: [{ ...usd, ...nothing, ...invoice }], ...rest, ...names };
}

describe("invoicePostings", () => {
  test.for([
    {
      why: "sealed: the carry moves by what goes out less what came in",
      invoice: {
        exact: picos("0.6666"),
        carriedIn: picos("0.6666"),
        total: picos("1.33"),
        carriedOut: picos("0.0032"),
      },
      posts: "receivable:USD:ann 1.33, revenue:USD:ann -0.6666, rounding:USD:ann -0.6634",
    },
    {
      why: "with a line of tax, which is no revenue",
      invoice: { exact: picos("1.2"), total: picos("1.2"), lines: [line("1", "usage"), line("0.2", "tax")] },
      posts: "receivable:USD:ann 1.2, revenue:USD:ann -1, tax:USD:ann -0.2",
    },
    {
      why: "with a tax that its prices hold, which is no revenue either",
      invoice: {
        exact: picos("1.2"),
        total: picos("1.2"),
        lines: [line("1.2", "usage"), { ...line("0", "tax"), tax: held }],
      },
      posts: "receivable:USD:ann 1.2, revenue:USD:ann -1, tax:USD:ann -0.2",
    },
    {
      why: "carried whole: nothing is asked for, and all of it is earned",
      invoice: { status: "carried" as const, exact: picos("0.0004"), carriedOut: picos("0.0004") },
      posts: "revenue:USD:ann -0.0004, rounding:USD:ann 0.0004",
    },
    {
      why: "of credits: what is earned shrinks",
      invoice: { status: "carried" as const, exact: picos("-1"), carriedOut: picos("-1") },
      posts: "revenue:USD:ann 1, rounding:USD:ann -1",
    },
    { why: "of nothing: it posts nothing", invoice: {}, posts: undefined },
  ])("an invoice $why", ({ invoice, posts }) => {
    const [posting, ...more] = invoicePostings(seal(invoice));
    const legs = posting?.entries
      .map(({ account, amount }) => `${accountId(account)} ${formatPicos(amount)}`)
      .join(", ");
    expect([legs, more]).toEqual([posts, []]);
    if (posting !== undefined)
      expect(posting).toMatchObject({
        cause: "invoice_sealed:inv_ann_3_USD",
        occurredAt: start,
        facts: { invoice: "inv_ann_3_USD", settlement: "st_1" },
      });
  });

  test("an invoice whose amounts do not hold together breaks an invariant", () => {
    expect(() => invoicePostings(seal({ exact: picos("1"), total: picos("1.01") }))).toThrow("unbalanced");
  });
});

async function booked({ books }: BillingWorld): Promise<readonly string[]> {
  const { accounts } = await trialBalance(books, merchant);
  return accounts.map(({ account, balance }) => `${accountId(account)} ${formatPicos(balance)}`);
}

describe("a settlement's postings", () => {
  test("are none of one that only looks ahead", async () => {
    const shop = await billingWorld();
    await shop.send(charge("pay", start, "1.006"));
    await createSettlement(shop, { merchant, body: { through: start + hour, dryRun: true } });
    await shop.drain();
    expect((await shop.settlements.settlement(merchant, "st_id1"))?.invoiceCount).toBe(1);
    expect(await booked(shop)).toEqual([]);
  });

  test("of chunks that were settled before there were books are made before it is done", async () => {
    const shop = await billingWorld();
    await shop.send(charge("pay", start, "1.006"));
    await createSettlement(shop, { merchant, body: { through: start + hour } });
    const older = { ...shop, books: memoryBooks() };
    for (let step = shop.queue.asked.shift(); step !== undefined; step = shop.queue.asked.shift()) {
      await takeStep(older, step);
      // Its last chunk is settled, and it is not closed yet.
      if (step.ask === "settle") shop.queue.asked.splice(0);
    }
    expect((await shop.settlements.settlement(merchant, "st_id1"))?.status).toBe("settling");
    await pushSettlement(shop, merchant, "st_id1");
    await shop.drain();
    expect((await shop.settlements.settlement(merchant, "st_id1"))?.status).toBe("done");
    expect(await booked(shop)).toEqual(["receivable:USD 1.01", "revenue:USD -1.006", "rounding:USD -0.004"]);
  });
});
