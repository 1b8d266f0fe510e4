import { type CurrencyCode, currency, decimal, formatPicos, picos } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LineDraft } from "./line-draft.ts";
import { invoicesOf } from "./seal-invoices.ts";
import { chargeWindow, month, planOf, ratingOrder, subscription } from "./world.fixture.ts";

const [usd, jpy, eur] = ["USD", "JPY", "EUR"].map(currency) as [CurrencyCode, CurrencyCode, CurrencyCode];

function lineOf(price: string, exact: string, { code = usd, periodFrom = month(2) } = {}): LineDraft {
  const key = { subscription: "s1", price, periodFrom, periodTo: month(3), meterRevision: 1, currency: code };
  return { kind: "usage", key, description: price, exact: picos(exact), chargedExact: picos(exact) };
}

const made = (lines: readonly LineDraft[], carries: Record<string, string> = {}, rating = ratingOrder()) =>
  invoicesOf(
    { lines, events: new Map([["USD", 7]]) },
    { rating, carries: Object.fromEntries(Object.entries(carries).map(([code, carry]) => [code, picos(carry)])) },
  );

const carried = ({ carries }: ReturnType<typeof made>) =>
  Object.entries(carries).map(([code, carry]) => `${code} ${formatPicos(carry)}`);

describe("invoicesOf", () => {
  test("makes an invoice for each currency with a line, in order, with its events", () => {
    const { invoices } = made([lineOf("a", "1.5"), lineOf("b", "3", { code: jpy }), lineOf("c", "1.5")]);
    expect(invoices.map(({ currency: code, lines, events }) => [code, lines.length, events])).toEqual([
      ["JPY", 1, 0],
      ["USD", 2, 7],
    ]);
  });

  test("numbers lines in order of (period, key)", () => {
    const { invoices } = made([lineOf("b", "1"), lineOf("a", "1"), lineOf("z", "1", { periodFrom: month(1) })]);
    expect(invoices[0]?.lines.map(({ id, key }) => [id, key.price])).toEqual([
      ["line_1", "z"],
      ["line_2", "a"],
      ["line_3", "b"],
    ]);
  });

  test("begins where the last seal cut, the first with its earliest line", () => {
    const first = made([lineOf("a", "1"), lineOf("b", "1", { periodFrom: month(1) })]);
    expect(first.invoices[0]?.period).toEqual({ from: month(1), to: month(3) });
    const rating = ratingOrder({ last: { entry: 1, cut: month(2) + 1 } });
    expect(made([lineOf("a", "1")], {}, rating).invoices[0]?.period).toEqual({ from: month(2) + 1, to: month(3) });
  });

  test.for([
    { lines: ["1.004"], before: {}, after: ["USD 0.004"], why: "what rounding leaves" },
    { lines: ["1.004"], before: { USD: "0.006" }, after: [], why: "a carry that is used up is gone" },
    { lines: ["1.00"], before: { EUR: "0.1" }, after: ["EUR 0.1"], why: "a currency without an invoice keeps its own" },
    { lines: ["0.004"], before: { JPY: "0.5", EUR: "1" }, after: ["EUR 1", "JPY 0.5", "USD 0.004"], why: "in order" },
    { lines: ["-3"], before: { USD: "1" }, after: ["USD -2"], why: "a credit is carried whole" },
  ])("carries $after: $why", ({ lines, before, after }) => {
    const drafts = lines.map((exact, i) => lineOf(`p${i}`, exact));
    expect(carried(made(drafts, before))).toEqual(after);
  });

  test.for([
    { minimum: "5", code: usd, status: "carried", why: "below the plan's minimum" },
    { minimum: "2", code: usd, status: "sealed", why: "at the minimum" },
    { minimum: "5", code: eur, status: "sealed", why: "a minimum in another currency" },
  ])("is $status: $why", ({ minimum, code, status }) => {
    const plan = planOf("p", { currency: code, minimumInvoice: decimal(minimum) });
    const window = chargeWindow({ subscription: subscription(), plan, from: 0 });
    expect(made([lineOf("a", "2")], {}, ratingOrder({ windows: [window] })).invoices[0]?.status).toBe(status);
  });

  test("takes the minimum of the plan in force just before the cut", () => {
    const [old, young] = ["5", "1"].map((minimum) => planOf("p", { minimumInvoice: decimal(minimum) }));
    const windows = (cut: number) =>
      [old, young].flatMap((plan, i) =>
        plan === undefined
          ? []
          : [
              chargeWindow({
                subscription: subscription({ id: `s${i}` }),
                plan,
                from: i * cut,
                to: i === 0 ? cut : Infinity,
              }),
            ],
      );
    const status = (cut: number) =>
      made([lineOf("a", "2")], {}, ratingOrder({ windows: windows(cut) })).invoices[0]?.status;
    expect([status(month(3) - 1), status(month(3)), status(month(3) + 1)]).toEqual(["sealed", "carried", "carried"]);
  });

  test("loses no pico over any chain of invoices, in any currency", () => {
    const line = fc.record({
      exact: fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }),
      code: fc.constantFrom(usd, jpy, eur),
    });
    fc.assert(
      fc.property(fc.array(fc.array(line, { maxLength: 4 }), { maxLength: 5 }), (chain) => {
        let carries: ReturnType<typeof made>["carries"] = {};
        const [exact, totals] = [new Map<string, bigint>(), new Map<string, bigint>()];
        for (const lines of chain) {
          const drafts = lines.map((one, i) => ({
            ...lineOf(`p${i}`, "0", { code: one.code }),
            exact: one.exact as never,
          }));
          const sealed = invoicesOf({ lines: drafts, events: new Map() }, { rating: ratingOrder(), carries });
          for (const { code, exact: amount } of lines) exact.set(code, (exact.get(code) ?? 0n) + amount);
          for (const { currency: code, total } of sealed.invoices) totals.set(code, (totals.get(code) ?? 0n) + total);
          carries = sealed.carries;
        }
        for (const code of [usd, jpy, eur]) {
          expect((totals.get(code) ?? 0n) + (carries[code] ?? 0n)).toBe(exact.get(code) ?? 0n);
        }
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});
