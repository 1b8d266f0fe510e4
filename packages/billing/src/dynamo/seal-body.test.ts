import { currency, customerId, merchantId, picosFrom } from "@farthing/money";
import { anyCharacter } from "@farthing/money/any-character";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Seal, SealedInvoice, SealedLine } from "../seal.ts";
import { decodeSeal, encodeSeal } from "./seal-body.ts";

const amount = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map(picosFrom);
const count = fc.nat();
const code = fc.constantFrom("USD", "JPY", "BHD").map(currency);
const amountOfUse = fc.record({ digits: fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }), scale: fc.nat(60) });
// Any text, also lone surrogates; keys that an object has by itself.
const text = fc.oneof(
  fc.string({ unit: anyCharacter }),
  fc.constantFrom("__proto__", "constructor", "\ud800", "10", "9"),
);
const group = fc
  .uniqueArray(fc.tuple(text, text), { selector: ([key]) => key })
  .map((pairs) => Object.fromEntries(pairs));

const key = fc.record({
  subscription: fc.option(text),
  price: text,
  periodFrom: count,
  periodTo: count,
  subscriptions: fc.array(fc.string({ minLength: 1 }), { maxLength: 3 }),
  meterRevision: count,
  currency: code,
});

const line: fc.Arbitrary<SealedLine> = fc.record(
  {
    id: text,
    kind: fc.constantFrom("usage", "flat", "minimum", "charges", "adjustment"),
    key,
    meter: text,
    group,
    description: text,
    quantity: amountOfUse,
    exact: amount,
    amount,
    chargedQuantity: amountOfUse,
    chargedExact: amount,
  },
  { requiredKeys: ["id", "kind", "key", "description", "exact", "amount", "chargedExact"], noNullPrototype: true },
);

const invoice: fc.Arbitrary<SealedInvoice> = fc.record({
  currency: code,
  status: fc.constantFrom("sealed", "carried"),
  period: fc.record({ from: count, to: count }),
  lines: fc.array(line, { maxLength: 5 }),
  exact: amount,
  carriedIn: amount,
  total: amount,
  carriedOut: amount,
  events: count,
});

const seal: fc.Arbitrary<Seal> = fc.record({
  customer: fc.constant({ merchant: merchantId("acme"), customer: customerId("a") }),
  number: count,
  frontier: fc.record({ entry: count, cut: count }),
  readFrom: count,
  invoices: fc.array(invoice, { maxLength: 3 }),
  carries: fc.dictionary(code, amount, { noNullPrototype: true }),
  struck: fc.array(
    fc.record({ entry: count, row: count, time: count, verdict: fc.constantFrom("duplicate", "conflict", "voided") }),
  ),
  voids: fc.array(
    fc.record(
      { source: text, id: text, fingerprint: count },
      { requiredKeys: ["id", "fingerprint"], noNullPrototype: true },
    ),
  ),
  subscriptions: fc.array(fc.string({ minLength: 1 }), { maxLength: 3 }),
  meterRevision: count,
  timezone: text,
  tree: text,
  root: text,
  settlement: text,
  sealedAt: count,
});

describe("encodeSeal", () => {
  test("keeps every seal", () => {
    fc.assert(
      fc.property(seal, (one) => {
        const read = decodeSeal(encodeSeal(one));
        expect(read).toEqual(one);
        expect(encodeSeal(read)).toBe(encodeSeal(one));
      }),
    );
  });

  test("writes equal seals as equal bytes, whatever the order of their keys", () => {
    const reversed = (value: unknown): unknown => {
      if (typeof value !== "object" || value === null) return value;
      if (Array.isArray(value)) return value.map(reversed);
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([name, of]) => [name, reversed(of)]),
      );
    };
    fc.assert(
      fc.property(seal, (one) => {
        expect(encodeSeal(reversed(one) as Seal)).toBe(encodeSeal(one));
      }),
    );
  });
});

test("decodeSeal refuses another layout", () => {
  expect(() => decodeSeal('{"seal":{},"v":2}')).toThrow("layout 2");
});
