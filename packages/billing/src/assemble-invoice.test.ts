import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  type CurrencyCode,
  currency,
  decimal,
  formatMoney,
  formatPicos,
  minorUnit,
  noMoney,
  type Picos,
  picos,
  picosFrom,
  sum,
} from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assembleInvoice, carryAmountOf } from "./assemble-invoice.ts";

interface Row {
  currency?: string;
  lines: string[];
  carriedIn?: string;
  minimum?: string;
  total: string;
  amounts: string[];
  carry?: string;
  carriedOut: string;
  status?: "carried";
  why: string;
}

const invoice = ({
  currency: code = "USD",
  lines,
  carriedIn = "0",
  minimum,
}: Omit<Row, "total" | "amounts" | "carriedOut" | "why">) =>
  assembleInvoice({
    currency: currency(code),
    lines: lines.map((exact) => ({ exact: picos(exact) })),
    carriedIn: picos(carriedIn),
    minimumInvoice: minimum === undefined ? undefined : decimal(minimum),
  });

describe("assembleInvoice", () => {
  const rows: Row[] = [
    { lines: ["1.50"], total: "1.50", amounts: ["1.50"], carriedOut: "0", why: "whole minor units stay" },
    { lines: ["1.004"], total: "1.00", amounts: ["1.00"], carriedOut: "0.004", why: "less than half is carried" },
    { lines: ["1.006"], total: "1.01", amounts: ["1.01"], carriedOut: "-0.004", why: "more than half is taken ahead" },
    {
      lines: ["1.005"],
      total: "1.00",
      amounts: ["1.00"],
      carriedOut: "0.005",
      why: "half goes to the even neighbour below",
    },
    {
      lines: ["1.015"],
      total: "1.02",
      amounts: ["1.02"],
      carriedOut: "-0.005",
      why: "half goes to the even neighbour above",
    },
    {
      lines: ["1.004"],
      carriedIn: "0.003",
      total: "1.01",
      amounts: ["1.01"],
      carriedOut: "-0.003",
      why: "a carry takes part in the rounding",
    },
    {
      lines: ["1.006"],
      carriedIn: "-0.006",
      total: "1.00",
      amounts: ["1.01"],
      carry: "-0.01",
      carriedOut: "0",
      why: "a carry that was taken ahead comes off",
    },
    {
      lines: ["0.333333333333", "0.333333333333", "0.333333333334"],
      total: "1.00",
      amounts: ["0.33", "0.33", "0.34"],
      carriedOut: "0",
      why: "the largest remainder gets the last cent",
    },
    {
      lines: ["0.004", "0.004"],
      total: "0.01",
      amounts: ["0.01", "0.00"],
      carriedOut: "-0.002",
      why: "equal amounts: the first line",
    },
    {
      lines: ["0.104", "2.004"],
      total: "2.11",
      amounts: ["0.10", "2.01"],
      carriedOut: "-0.002",
      why: "equal remainders: the larger amount",
    },
    {
      lines: ["5.00", "-2.00"],
      total: "3.00",
      amounts: ["5.00", "-2.00"],
      carriedOut: "0",
      why: "a credit is a line below nought",
    },
    {
      lines: ["5.004", "-2.007"],
      total: "3.00",
      amounts: ["5.01", "-2.01"],
      carriedOut: "-0.003",
      why: "a credit rounds with the rest",
    },
    {
      lines: ["4.50"],
      carriedIn: "0.30",
      total: "4.80",
      amounts: ["4.50"],
      carry: "0.30",
      carriedOut: "0",
      why: "what was carried whole has a place of its own",
    },
    {
      lines: [],
      carriedIn: "4.507",
      total: "4.51",
      amounts: [],
      carry: "4.51",
      carriedOut: "-0.003",
      why: "a carry alone is due once it may be",
    },
    {
      currency: "JPY",
      lines: ["47.34075"],
      total: "47",
      amounts: ["47"],
      carriedOut: "0.34075",
      why: "a yen has no decimals",
    },
    {
      currency: "HUF",
      lines: ["1.234"],
      total: "1.23",
      amounts: ["1.23"],
      carriedOut: "0.004",
      why: "the table is ISO 4217's, not Intl's",
    },
    {
      currency: "KWD",
      lines: ["1.2345"],
      total: "1.234",
      amounts: ["1.234"],
      carriedOut: "0.0005",
      why: "a dinar has three decimals",
    },
    {
      currency: "CLF",
      lines: ["0.00006"],
      total: "0.0001",
      amounts: ["0.0001"],
      carriedOut: "-0.00004",
      why: "a unidad de fomento has four",
    },
    { lines: [], total: "0.00", amounts: [], carriedOut: "0", status: "carried", why: "nothing comes to nothing" },
    {
      lines: ["0"],
      total: "0.00",
      amounts: ["0.00"],
      carriedOut: "0",
      status: "carried",
      why: "free usage comes to nothing",
    },
    {
      lines: ["0.005"],
      total: "0.00",
      amounts: ["0.00"],
      carriedOut: "0.005",
      status: "carried",
      why: "half a cent rounds to nothing",
    },
    {
      lines: ["0.005000000001"],
      total: "0.01",
      amounts: ["0.01"],
      carriedOut: "-0.004999999999",
      why: "a pico more is a cent",
    },
    {
      lines: ["0.003", "0.001"],
      carriedIn: "0.001",
      total: "0.00",
      amounts: ["0.00", "0.00"],
      carriedOut: "0.005",
      status: "carried",
      why: "a carry grows until it is a cent",
    },
    {
      lines: ["-2"],
      carriedIn: "1.5",
      total: "0.00",
      amounts: ["0.00"],
      carriedOut: "-0.5",
      status: "carried",
      why: "a credit waits for charges",
    },
    {
      lines: ["1"],
      carriedIn: "-2",
      minimum: "0.50",
      total: "0.00",
      amounts: ["0.00"],
      carriedOut: "-1",
      status: "carried",
      why: "and is used up by them",
    },
  ];
  // The minimum on both sides of its bound, on the rounded total.
  const atMinimum: Row[] = [
    {
      lines: ["0.494"],
      minimum: "0.50",
      total: "0.00",
      amounts: ["0.00"],
      carriedOut: "0.494",
      status: "carried",
      why: "0.49 is below 0.50",
    },
    {
      lines: ["0.495"],
      minimum: "0.50",
      total: "0.50",
      amounts: ["0.50"],
      carriedOut: "-0.005",
      why: "half goes to the even 0.50, which is due",
    },
    {
      lines: ["0.50"],
      minimum: "0.50",
      total: "0.50",
      amounts: ["0.50"],
      carriedOut: "0",
      why: "the minimum itself is due",
    },
    {
      lines: ["0.20"],
      carriedIn: "0.30",
      minimum: "0.50",
      total: "0.50",
      amounts: ["0.20"],
      carry: "0.30",
      carriedOut: "0",
      why: "carry and charges reach it together",
    },
    { lines: ["0.01"], minimum: "0", total: "0.01", amounts: ["0.01"], carriedOut: "0", why: "no minimum" },
    {
      lines: ["0.01"],
      minimum: "0.011",
      total: "0.00",
      amounts: ["0.00"],
      carriedOut: "0.01",
      status: "carried",
      why: "a minimum may be finer than a cent",
    },
  ];

  test.for([...rows, ...atMinimum])("bills $total of $lines and a carry of $carriedIn: $why", (row) => {
    const made = invoice(row);
    const code = currency(row.currency ?? "USD");
    expect(formatMoney(made.total, code)).toBe(row.total);
    expect(made.lines.map(({ amount }) => formatMoney(amount, code))).toEqual(row.amounts);
    expect(formatPicos(made.carryAmount)).toBe(formatPicos(picos(row.carry ?? "0")));
    expect(formatPicos(made.carriedOut)).toBe(row.carriedOut);
    expect(made.status).toBe(row.status ?? "sealed");
  });
});

const codes = fc.constantFrom(...["USD", "JPY", "KWD", "CLF"].map(currency));
const amounts = fc
  .oneof(
    fc.bigInt({ min: -(10n ** 13n), max: 10n ** 14n }),
    fc.bigInt({ min: -(10n ** 10n), max: 10n ** 11n }),
    fc.integer({ min: -400, max: 4000 }).map((count) => BigInt(count) * 5n * 10n ** 9n),
  )
  .map(picosFrom);
const lineLists = fc.array(
  amounts.map((exact) => ({ exact })),
  { maxLength: 8 },
);
const minimums = fc.constantFrom(undefined, decimal("0.5"), decimal("5"));

const size = (amount: bigint) => (amount < 0n ? -amount : amount);
const total = (lines: readonly { readonly exact: Picos }[]) => sum(lines.map(({ exact }) => exact));

describe("invoices", () => {
  test("add up, line by line and as a whole", () => {
    fc.assert(
      fc.property(codes, lineLists, amounts, minimums, (code, lines, carriedIn, minimumInvoice) => {
        const made = assembleInvoice({ currency: code, lines, carriedIn, minimumInvoice });
        const shown = sum(made.lines.map(({ amount }) => amount));
        expect(sum([shown, made.carryAmount])).toBe(made.total);
        expect(carryAmountOf(made)).toBe(made.carryAmount);
        expect(made.exact).toBe(total(made.lines));
        expect(sum([made.exact, made.carriedIn])).toBe(sum([made.total, made.carriedOut]));
        expect(made.total >= 0n && made.total % minorUnit(code) === 0n).toBe(true);
        expect(made.status === "carried").toBe(made.total === 0n);
      }),
    );
  });

  test("show nothing a minor unit away from what it is, and carry half of one at most", () => {
    fc.assert(
      fc.property(codes, lineLists, amounts, minimums, (code, lines, carriedIn, minimumInvoice) => {
        const made = assembleInvoice({ currency: code, lines, carriedIn, minimumInvoice });
        if (made.status === "carried") {
          expect(made.carriedOut).toBe(sum([made.exact, carriedIn]));
          expect(made.lines.every(({ amount }) => amount === 0n) && made.carryAmount === 0n).toBe(true);
          return;
        }
        expect(size(made.carriedOut) * 2n <= minorUnit(code)).toBe(true);
        const shown = [...made.lines, { exact: carriedIn, amount: made.carryAmount }];
        for (const { exact, amount } of shown) expect(size(exact - amount) < minorUnit(code)).toBe(true);
      }),
    );
  });

  test("are the same in whatever order their lines come", () => {
    const shuffled = lineLists.chain((lines) =>
      fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
    );
    fc.assert(
      fc.property(codes, shuffled, amounts, (code, [lines, other], carriedIn) => {
        const [a, b] = [lines, other].map((each) => assembleInvoice({ currency: code, lines: each, carriedIn }));
        const pairs = (made: typeof a) => made?.lines.map(({ exact, amount }) => `${exact} ${amount}`).sort();
        expect(pairs(b)).toEqual(pairs(a));
        expect({ ...b, lines: [] }).toEqual({ ...a, lines: [] });
      }),
    );
  });

  test("and the last carry add up to every charge, over any number of periods", () => {
    fc.assert(
      fc.property(codes, fc.array(fc.tuple(lineLists, minimums), { maxLength: 12 }), (code, periods) => {
        let [carry, invoiced, charged]: Picos[] = [noMoney, noMoney, noMoney];
        for (const [lines, minimumInvoice] of periods) {
          const made = assembleInvoice({ currency: code, lines, carriedIn: carry ?? noMoney, minimumInvoice });
          carry = made.carriedOut;
          invoiced = sum([invoiced ?? noMoney, made.total]);
          charged = sum([charged ?? noMoney, total(lines)]);
        }
        expect(sum([invoiced ?? noMoney, carry ?? noMoney])).toBe(charged);
      }),
    );
  });
});

const shared = process.env.FARTHING_SHARED ?? resolve(import.meta.dirname, "../../../../shared");
const file = resolve(shared, "cases/rating.json");
const present = existsSync(file);
if (!present) console.warn(`SKIPPED: rounding cases of other systems, no ${file}`);

interface RoundingCase {
  id: string;
  config: { currency: string; min_charge: string };
  usage: { lines: string[]; line: string; count: number; months: string[]; amount: string };
  expected: { subtotal: string; exact: string; charged: string[]; amount: string };
}

describe.skipIf(!present)("rounding cases of other systems", () => {
  const cases = present ? (JSON.parse(readFileSync(file, "utf8")) as RoundingCase[]) : [];
  const find = (id: string) => {
    const found = cases.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`no case ${id}`);
    return found;
  };
  const totalOf = (code: CurrencyCode, lines: readonly string[]) =>
    formatMoney(invoice({ currency: code, lines: [...lines] }).total, code);

  // Others round each line and lose or gain money by it; docs/pricing.md lists where a total here differs, and why.
  test.for([
    { id: "R198", ours: "100.00" },
    { id: "R199", ours: "602" },
    { id: "R201", ours: "1000000.01" },
    { id: "R188", ours: "10.28" },
    { id: "R190", ours: "10.28" },
    { id: "R191", ours: "1023" },
    { id: "R194", ours: "0.00" },
    { id: "R195", ours: "0.00" },
    { id: "R196", ours: "1000000.00" },
  ])("$id comes to $ours", ({ id, ours }) => {
    const { config, usage, expected } = find(id);
    const code = currency(config.currency);
    expect(totalOf(code, usage.lines ?? [usage.amount])).toBe(ours);
    const differs = ["R198", "R195"].includes(id);
    expect((expected.subtotal ?? expected.amount) === ours).toBe(!differs);
  });

  test("R202 keeps the tenth that rounding each line would lose", () => {
    const { config, usage, expected } = find("R202");
    const lines = Array.from({ length: usage.count }, () => usage.line);
    expect(totalOf(currency(config.currency), lines)).toBe(expected.exact);
  });

  test("R283 carries what is below the smallest charge", () => {
    const { config, usage, expected } = find("R283");
    let carriedIn = noMoney;
    const charged = usage.months.map((month) => {
      const lines = [{ exact: picos(month) }];
      const minimumInvoice = decimal(config.min_charge);
      const made = assembleInvoice({ currency: currency(config.currency), lines, carriedIn, minimumInvoice });
      carriedIn = made.carriedOut;
      return formatMoney(made.total, currency(config.currency));
    });
    expect(charged).toEqual(expected.charged);
  });
});
