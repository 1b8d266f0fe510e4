import { currency, customerId, merchantId, noMoney, picos, picosFrom, sum } from "@farthing/money";
import fc from "fast-check";
import { expect, test } from "vitest";
import { metadataLimits, paymentMetadata } from "./payment-metadata.ts";
import type { Seal, SealedInvoice } from "./seal.ts";

const merchant = merchantId("shop");
const usd = currency("USD");
const key = { subscription: null, price: "p", periodFrom: 0, periodTo: 1, meterRevision: 1, currency: usd };

function found(lines: readonly { readonly description: string; readonly cents: number }[], carriedCents = 0) {
  const shown: SealedInvoice["lines"] = lines.map(({ description, cents }, at) => {
    const amount = picosFrom(BigInt(cents) * 10n ** 10n);
    return { id: `${at + 1}`, kind: "usage", key, description, exact: amount, amount, chargedExact: amount };
  });
  const total = sum([...shown.map(({ amount }) => amount), picosFrom(BigInt(carriedCents) * 10n ** 10n)]);
  const sums = { exact: total, carriedIn: noMoney, total, carriedOut: noMoney, events: 12 };
  const invoice: SealedInvoice = { currency: usd, status: "sealed", period: { from: 0, to: 1 }, lines: shown, ...sums };
  const seal: Seal = {
    customer: { merchant, customer: customerId("a".repeat(128)) },
    number: 3,
    frontier: { entry: 1, cut: 1 },
    readFrom: 1,
    invoices: [invoice],
    carries: {},
    struck: [],
    voids: [],
    meterRevision: 1,
    subscriptions: [],
    timezone: "UTC",
    tree: "",
    root: "ab".repeat(32),
    settlement: "st_1",
    sealedAt: 1,
  };
  return { seal, invoice };
}

test("a payment says whose it is, what proves it and what each line comes to", () => {
  const lines = [
    { description: "Requests", cents: 1234 },
    { description: "Bytes", cents: -34 },
  ];
  expect(paymentMetadata(merchant, found(lines, 1))).toEqual({
    merchant: "shop",
    customer: "a".repeat(128),
    invoice: `inv_${"a".repeat(128)}_3_USD`,
    settlement: "st_1",
    root: "ab".repeat(32),
    events: "12",
    total: "12.01",
    line_1: "12.34 Requests",
    line_2: "-0.34 Bytes",
    carry: "0.01",
  });
});

test("stays within what the rail keeps, and adds up to the total", () => {
  const line = fc.record({ description: fc.string({ maxLength: 700, unit: "grapheme" }), cents: fc.integer() });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 120 }), fc.integer({ min: -9, max: 9 }), (lines, carried) => {
      const metadata = paymentMetadata(merchant, found(lines, carried));
      expect(Object.keys(metadata).length).toBeLessThanOrEqual(metadataLimits.keys);
      for (const [name, value] of Object.entries(metadata)) {
        expect(name.length).toBeLessThanOrEqual(metadataLimits.name);
        expect(value.length).toBeLessThanOrEqual(metadataLimits.value);
        expect(value.isWellFormed()).toBe(true);
      }
      const parts = Object.entries(metadata).filter(([name]) => /^(line_|more_lines|carry)/.test(name));
      const amounts = parts.map(([, value]) => picos(value.split(" ")[0] ?? ""));
      expect(sum(amounts)).toBe(picos(metadata.total ?? ""));
    }),
    { numRuns: 50 },
  );
});
