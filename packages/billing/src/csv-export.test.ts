import { currency, customerId, decimal, formatPicos, type Picos, picos, sum } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assembleInvoice } from "./assemble-invoice.ts";
import { csvCell } from "./csv-cell.ts";
import { type ExportedInvoice, settlementCsv } from "./csv-export.ts";

/** Reads CSV by RFC 4180's grammar, so that what is written is read by another's rules. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = "", end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === "\r\n") {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

async function exported(
  invoices: Iterable<ExportedInvoice>,
): Promise<{ text: string; rows: Record<string, string>[] }> {
  let text = "";
  for await (const chunk of settlementCsv("set_1", invoices)) text += chunk;
  const [header = [], ...rows] = readCsv(text);
  return { text, rows: rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ""]))) };
}

type Line = ExportedInvoice["lines"][number];
const line = (exact: string, more: Partial<Line> = {}): Omit<Line, "amount"> => ({
  id: "ln_1",
  kind: "usage",
  meter: "calls",
  description: "API calls",
  quantity: decimal("10000"),
  exact: picos(exact),
  ...more,
});

function invoice(
  code: string,
  lines: Omit<Line, "amount">[],
  more: Partial<ExportedInvoice> & { carriedIn?: Picos } = {},
) {
  const { carryAmount: _, ...made } = assembleInvoice({
    currency: currency(code),
    lines,
    carriedIn: more.carriedIn ?? picos("0"),
  });
  return {
    id: "inv_1",
    customer: customerId("66.249.73.135"),
    period: { from: Date.UTC(2015, 4, 1), to: Date.UTC(2015, 5, 1) },
    events: 10_000,
    root: "ab12",
    sealedAt: Date.UTC(2015, 5, 1, 0, 5),
    ...made,
    ...more,
  };
}

describe("settlementCsv", () => {
  test("writes a header, a row a line, and control totals", async () => {
    const group = { region: "eu", model: "gpt" };
    const { text, rows } = await exported([
      invoice("USD", [line("4.2472554466"), line("-1.001", { id: "ln_2", kind: "adjustment", group })]),
      invoice("JPY", [line("47.3")], { id: "inv_2" }),
    ]);
    expect(text.split("\r\n")[0]).toBe(
      "record,settlement,invoice,customer,status,period_from,period_to,currency,line,kind,meter,group,description,quantity," +
        "exact,amount,invoice_exact,invoice_carried_in,invoice_total,invoice_carried_out,invoice_events,sealed_at,root",
    );
    expect(rows.map(({ record }) => record)).toEqual(["line", "line", "line", "total", "total"]);
    expect(rows[0]).toEqual({
      record: "line",
      settlement: "set_1",
      invoice: "inv_1",
      customer: "66.249.73.135",
      status: "sealed",
      period_from: "2015-05-01T00:00:00.000Z",
      period_to: "2015-06-01T00:00:00.000Z",
      currency: "USD",
      line: "ln_1",
      kind: "usage",
      meter: "calls",
      group: "",
      description: "API calls",
      quantity: "10000",
      exact: "4.2472554466",
      amount: "4.25",
      invoice_exact: "3.2462554466",
      invoice_carried_in: "0",
      invoice_total: "3.25",
      invoice_carried_out: "-0.0037445534",
      invoice_events: "10000",
      sealed_at: "2015-06-01T00:05:00.000Z",
      root: "ab12",
    });
    expect(rows[1]).toMatchObject({ exact: "-1.001", amount: "-1.00", group: '{"region":"eu","model":"gpt"}' });
    expect(rows[3]).toMatchObject({ record: "total", currency: "JPY", exact: "47.3", amount: "47" });
    expect(rows[4]).toMatchObject({
      currency: "USD",
      description: "Invoices: 1",
      invoice_carried_out: "-0.0037445534",
    });
  });

  test("gives a carry a row, also where it is all there is", async () => {
    const { rows } = await exported([
      invoice("USD", [line("4.50")], { carriedIn: picos("0.30") }),
      invoice("USD", [], { carriedIn: picos("0.001") }),
    ]);
    expect(rows.map(({ kind, exact, amount }) => [kind, exact, amount])).toEqual([
      ["usage", "4.5", "4.50"],
      ["carry", "0", "0.30"],
      ["carry", "0", "0.00"],
      ["", "4.5", "4.80"],
    ]);
  });

  test("writes a header alone for a settlement without invoices", async () => {
    expect((await exported([])).rows).toEqual([]);
  });

  test("yields as invoices come", async () => {
    let taken = 0;
    function* invoices() {
      for (taken = 1; taken <= 3; taken++) yield invoice("USD", [line("1")]);
    }
    const chunks = settlementCsv("set_1", invoices());
    await chunks.next();
    await chunks.next();
    expect(taken).toBe(1);
    await chunks.return();
  });

  test("has totals that anyone can add up", async () => {
    const exact = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 14n }).map((count) => formatPicos(count as Picos));
    const invoices = fc.array(
      fc.tuple(fc.constantFrom("JPY", "USD"), fc.array(exact, { maxLength: 4 }), exact).map(([code, lines, carried]) =>
        invoice(
          code,
          lines.map((amount) => line(amount)),
          { carriedIn: picos(carried) },
        ),
      ),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(invoices, async (all) => {
        const { rows } = await exported(all.map((each, index) => ({ ...each, id: `inv_${index}` })));
        for (const total of rows.filter(({ record }) => record === "total")) {
          const lines = rows.filter(({ record, currency }) => record === "line" && currency === total.currency);
          const firsts = lines.filter(({ invoice }, index) => lines[index - 1]?.invoice !== invoice);
          const add = (of: Record<string, string>[], column: string) => sum(of.map((row) => picos(row[column] ?? "")));
          for (const column of ["exact", "amount"]) expect(add(lines, column)).toBe(picos(total[column] ?? ""));
          for (const column of ["exact", "carried_in", "total", "carried_out"])
            expect(add(firsts, `invoice_${column}`)).toBe(picos(total[`invoice_${column}`] ?? ""));
        }
      }),
      { numRuns: 50 },
    );
  });

  test("keeps any text in its own cell", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (description) => {
        const { rows } = await exported([invoice("USD", [line("1", { description })])]);
        expect(rows[0]?.description).toBe(csvCell(description));
        expect(rows.length).toBe(2);
      }),
    );
  });
});

describe("csvCell", () => {
  test.for([
    { cell: "", safe: "" },
    { cell: "API calls", safe: "API calls" },
    { cell: "-1", safe: "-1" },
    { cell: "-0.000000000001", safe: "-0.000000000001" },
    { cell: "-1+1", safe: "'-1+1" },
    { cell: "-", safe: "'-" },
    { cell: "-1.", safe: "'-1." },
    { cell: "-1\n", safe: "'-1\n" },
    { cell: "+1", safe: "'+1" },
    { cell: "=1+1", safe: "'=1+1" },
    { cell: "@SUM(A1)", safe: "'@SUM(A1)" },
    { cell: "\t=1", safe: "'\t=1" },
    { cell: "\r=1", safe: "'\r=1" },
    { cell: "\n=1", safe: "'\n=1" },
    { cell: "＝1+1", safe: "'＝1+1" },
    { cell: "a=1", safe: "a=1" },
  ])("writes $cell as $safe", ({ cell, safe }) => {
    expect(csvCell(cell)).toBe(safe);
  });

  test("guards what a separator of another locale would begin", async () => {
    const { text } = await exported([invoice("USD", [line("1", { description: "a;=1+1" })])]);
    expect(text).toContain('"a;=1+1"');
  });
});
