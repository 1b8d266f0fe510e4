import { type CurrencyCode, currency, formatPicos, noMoney, type Picos, picos, picosFrom, sum } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assembleInvoice } from "./assemble-invoice.ts";
import { type CountedInvoice, mergeTotals, totalsOf } from "./settlement-totals.ts";

const made = (code: string, exact: string, carriedIn = "0") =>
  assembleInvoice({ currency: currency(code), lines: [{ exact: picos(exact) }], carriedIn: picos(carriedIn) });

test("totals add up by currency, in order of codes", () => {
  const totals = totalsOf([made("USD", "1.004"), made("JPY", "10.6"), made("USD", "2.003", "0.004")]);
  expect(
    totals.map(({ currency, exact, invoiced, carried }) => [currency, ...[exact, invoiced, carried].map(formatPicos)]),
  ).toEqual([
    ["JPY", "10.6", "11", "-0.4"],
    ["USD", "3.007", "3.01", "-0.003"],
  ]);
  expect(totalsOf([])).toEqual([]);
});

describe("totals", () => {
  const amounts = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 14n }).map(picosFrom);
  const invoices = fc.array(
    fc
      .tuple(fc.constantFrom("EUR", "JPY", "USD"), amounts, amounts)
      .map(([code, exact, carriedIn]) => assembleInvoice({ currency: currency(code), lines: [{ exact }], carriedIn })),
    { maxLength: 12 },
  );

  test("hold exact = invoiced + carried", () => {
    fc.assert(
      fc.property(invoices, (all) => {
        for (const { exact, invoiced, carried } of totalsOf(all)) expect(sum([invoiced, carried])).toBe(exact);
      }),
    );
  });

  test("come to the same from chunks, in any order", () => {
    fc.assert(
      fc.property(invoices, fc.nat(12), (all, cut) => {
        const parts = [totalsOf(all.slice(0, cut)), totalsOf(all.slice(cut))];
        expect(mergeTotals(parts)).toEqual(totalsOf(all));
        expect(mergeTotals(parts.toReversed())).toEqual(totalsOf(all.toReversed()));
      }),
    );
  });

  test("of all of a customer's settlements carry what the customer carries", () => {
    fc.assert(
      fc.property(fc.array(amounts, { maxLength: 10 }), (charges) => {
        const code: CurrencyCode = currency("USD");
        let carry: Picos = noMoney;
        const settled: CountedInvoice[] = charges.map((exact) => {
          const invoice = assembleInvoice({ currency: code, lines: [{ exact }], carriedIn: carry });
          carry = invoice.carriedOut;
          return invoice;
        });
        const total = mergeTotals(settled.map((invoice) => totalsOf([invoice])));
        expect(sum(total.map(({ carried }) => carried))).toBe(carry);
      }),
    );
  });
});
