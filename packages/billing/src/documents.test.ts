import { currency, customerId, decimal, type Picos, picos, picosFrom } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assembleInvoice } from "./assemble-invoice.ts";
import { customerDocument, invoiceDocument, invoiceSummary, settlementDocument } from "./documents.ts";
import type { Seal, SealedInvoice, SealedLine } from "./seal.ts";
import { ann, day, merchant, month, refOf, start } from "./world.fixture.ts";

const usd = currency("USD");
const key = {
  subscription: "s1",
  price: "r",
  periodFrom: month(2),
  periodTo: month(3),
  meterRevision: 1,
  currency: usd,
};

function lineOf(index: number, exact: Picos, more: Partial<SealedLine> = {}) {
  return {
    id: `line_${index + 1}`,
    kind: "usage" as const,
    key,
    description: "Requests",
    exact,
    chargedExact: exact,
    ...more,
  };
}

function invoiceWith(lines: readonly Omit<SealedLine, "amount">[], carriedIn: Picos): SealedInvoice {
  const { carryAmount: _, ...assembled } = assembleInvoice({ currency: usd, lines, carriedIn });
  return { ...assembled, period: { from: month(2), to: month(2) + day }, events: 3 };
}

const sealWith = (invoice: SealedInvoice): Seal => ({
  customer: refOf(ann),
  number: 4,
  frontier: { entry: 1, cut: month(3) },
  readFrom: 1,
  invoices: [invoice],
  carries: {},
  struck: [],
  voids: [],
  meterRevision: 1,
  subscriptions: ["s1"],
  timezone: "UTC",
  tree: "",
  root: "ab".repeat(32),
  settlement: "st_1",
  sealedAt: start,
});

describe("documents", () => {
  test("of an invoice", () => {
    const metered = {
      meter: "requests",
      group: { region: "eu" },
      quantity: decimal("10.50"),
      chargedQuantity: decimal("99"),
    };
    const invoice = invoiceWith([lineOf(0, picos("1.2"), metered), lineOf(1, picos("0.104"))], picos("0.3"));
    const summary = {
      id: "inv_ann_4_USD",
      customer: "ann",
      period: { from: "2026-03-01T00:00:00.000Z", to: "2026-03-02T00:00:00.000Z" },
      currency: "USD",
      status: "sealed",
      exact: "1.304",
      carriedIn: "0.3",
      total: "1.60",
      carriedOut: "0.004",
      due: "1.60",
      events: 3,
      root: "ab".repeat(32),
      settlement: "st_1",
      sealedAt: "2026-03-02T10:00:00.000Z",
    };
    expect(invoiceSummary(sealWith(invoice), invoice)).toEqual(summary);
    const period = { from: "2026-03-01T00:00:00.000Z", to: "2026-04-01T00:00:00.000Z" };
    expect(invoiceDocument(sealWith(invoice), invoice)).toEqual({
      ...summary,
      lines: [
        {
          id: "line_1",
          kind: "usage",
          meter: "requests",
          group: { region: "eu" },
          description: "Requests",
          period,
          quantity: "10.5",
          exact: "1.2",
          amount: "1.20",
        },
        { id: "line_2", kind: "usage", description: "Requests", period, exact: "0.104", amount: "0.10" },
        { id: "line_carry", kind: "carry", description: "Carried from earlier invoices", exact: "0", amount: "0.30" },
      ],
      history: [
        { event: "sealed", status: "sealed", by: "billing", at: summary.sealedAt, recordedAt: summary.sealedAt },
      ],
    });
  });

  test("of a settlement, running and done", () => {
    const running = {
      merchant,
      id: "st_1",
      through: month(3),
      cutAt: "through",
      dryRun: false,
      status: "rolling",
      createdAt: start,
    } as const;
    const shown = {
      id: "st_1",
      status: "rolling",
      through: "2026-04-01T00:00:00.000Z",
      dryRun: false,
      customers: 0,
      invoices: 0,
      totals: [],
      createdAt: "2026-03-02T10:00:00.000Z",
    };
    expect(settlementDocument(running)).toEqual(shown);
    const totals = [{ currency: usd, exact: picos("1.0004"), invoiced: picos("1"), carried: picos("0.0004") }];
    const done = { ...running, status: "done", finishedAt: start, customerCount: 2, invoiceCount: 1, totals } as const;
    expect(settlementDocument(done)).toEqual({
      ...shown,
      status: "done",
      customers: 2,
      invoices: 1,
      totals: [{ currency: "USD", exact: "1.0004", invoiced: "1.00", carried: "0.0004" }],
      finishedAt: "2026-03-02T10:00:00.000Z",
    });
  });

  test("of customers show no merchant", () => {
    const customer = { merchant, id: customerId("c"), known: false, createdAt: start, updatedAt: start };
    expect(customerDocument(customer)).toEqual({
      id: "c",
      known: false,
      createdAt: "2026-03-02T10:00:00.000Z",
      updatedAt: "2026-03-02T10:00:00.000Z",
    });
  });
});

describe("an invoice's document", () => {
  const amounts = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }).map(picosFrom);

  test("adds up: Σ lines.amount = total, Σ lines.exact = exact, exact + carriedIn = total + carriedOut", () => {
    fc.assert(
      fc.property(fc.array(amounts, { minLength: 1, maxLength: 5 }), amounts, (exacts, carriedIn) => {
        const invoice = invoiceWith(
          exacts.map((exact, index) => lineOf(index, exact)),
          carriedIn,
        );
        const { lines, ...shown } = invoiceDocument(sealWith(invoice), invoice);
        const sum = (texts: readonly string[]) => texts.reduce((all, text) => all + picos(text), 0n);
        expect(sum(lines.map(({ amount }) => amount))).toBe(picos(shown.total));
        expect(sum(lines.map(({ exact }) => exact))).toBe(picos(shown.exact));
        expect(picos(shown.exact) + picos(shown.carriedIn)).toBe(picos(shown.total) + picos(shown.carriedOut));
      }),
      { seed: 1 },
    );
  });
});
