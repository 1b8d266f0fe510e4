import { csvCell } from "@farthing/metering";
import { formatPicos, type Picos, picos, sum } from "@farthing/money";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import readSheets from "read-excel-file/node";
import { describe, expect, test } from "vitest";
import { controlTotals } from "./control-totals.ts";
import { exportFormats } from "./export-format.ts";
import { invoice, line } from "./exported-invoice.fixture.ts";
import { type ExportedInvoice, exportColumns, rowsOf } from "./settlement-rows.ts";

type Cells = Readonly<Record<string, unknown>>;

/** Reads each format with a tool that is not the one that wrote it: rows of lines, and rows of totals. */
const readers: Readonly<Record<string, (content: string | Uint8Array) => Promise<readonly Cells[]>>> = {
  csv: async (content) => parse(Buffer.from(content), { columns: true }),
  jsonl: async (content) =>
    Buffer.from(content)
      .toString()
      .trim()
      .split("\n")
      .filter((text) => text !== "")
      .map((text) => JSON.parse(text)),
  xlsx: async (content) => {
    const sheets = await readSheets(Buffer.from(content));
    return sheets.flatMap(({ data: [header = [], ...rows] }) =>
      rows.map((row) => Object.fromEntries(header.map((name, column) => [String(name), row[column] ?? ""]))),
    );
  },
  parquet: async (content) => parquetReadObjects({ file: Uint8Array.from(Buffer.from(content)).buffer }),
};

async function written(format: string, invoices: readonly ExportedInvoice[]): Promise<string | Uint8Array> {
  const rows = invoices.flatMap((one) => rowsOf("set_1", one));
  const cells = rows.map((row) => row.cells);
  return (await exportFormats[format]?.write(cells, controlTotals("set_1", rows))) ?? expect.fail(format);
}

async function exported(format: string, invoices: readonly ExportedInvoice[]): Promise<readonly Cells[]> {
  return (await readers[format]?.(await written(format, invoices))) ?? expect.fail(format);
}

const textOf = (cell: unknown) => (typeof cell === "string" ? cell : cell instanceof Date ? cell.toISOString() : "");

const group = { region: "eu", model: "gpt" };
const two = [
  invoice("USD", [line("4.2472554466"), line("-1.001", { id: "ln_2", kind: "adjustment", group })]),
  invoice("JPY", [line("47.3")], { id: "inv_2", number: 12_345_678 }),
];

test("every format has a reader here, but for the journal, which has a test of its own", () => {
  expect(Object.keys(exportFormats).filter((format) => !Object.hasOwn(readers, format))).toEqual(["journal"]);
});

describe.for(Object.keys(readers))("a settlement as %s", (format) => {
  test("has a row a line and then the control totals, with amounts as exact text", async () => {
    const rows = await exported(format, two);
    expect(rows.map(({ record }) => record)).toEqual(["line", "line", "line", "total", "total"]);
    expect(rows[0]).toMatchObject({
      settlement: "set_1",
      invoice: "inv_1",
      customer: "66.249.73.135",
      status: "sealed",
      currency: "USD",
      line: "ln_1",
      kind: "usage",
      meter: "calls",
      description: "API calls",
      quantity: "10000",
      exact: "4.2472554466",
      amount: "4.25",
      invoice_exact: "3.2462554466",
      invoice_carried_in: "0",
      invoice_total: "3.25",
      invoice_carried_out: "-0.0037445534",
      root: "ab12",
    });
    expect(["period_from", "period_to", "sealed_at"].map((column) => textOf(rows[0]?.[column]))).toEqual([
      "2015-05-01T00:00:00.000Z",
      "2015-06-01T00:00:00.000Z",
      "2015-06-01T00:05:00.000Z",
    ]);
    expect(Number(rows[0]?.invoice_events)).toBe(10_000);
    expect(rows[1]).toMatchObject({ exact: "-1.001", amount: "-1.00" });
    expect(rows.slice(0, 3).map((row) => Number(row.invoice_number ?? 0))).toEqual([0, 0, 12_345_678]);
    expect(rows[3]).toMatchObject({ currency: "JPY", exact: "47.3", amount: "47" });
    expect(rows[4]).toMatchObject({ currency: "USD", description: "Invoices: 1", invoice_total: "3.25" });
  });

  test("gives a carry a row, also where it is all there is", async () => {
    const rows = await exported(format, [
      invoice("USD", [line("4.50")], { carriedIn: picos("0.30") }),
      invoice("USD", [], { carriedIn: picos("0.001") }),
    ]);
    expect(rows.map(({ exact, amount }) => [exact, amount])).toEqual([
      ["4.5", "4.50"],
      ["0", "0.30"],
      ["0", "0.00"],
      ["4.5", "4.80"],
    ]);
  });

  test("has no rows where there are no invoices", async () => {
    expect(await exported(format, [])).toEqual([]);
  });

  test("keeps amounts that no double holds, and any text in its own cell", async () => {
    const exact = "123456789012345678.123456789012";
    const description = '=HYPERLINK("http://x","a,b")\r\n한글 <&>';
    const [row] = await exported(format, [invoice("USD", [line(exact, { description })])]);
    expect(row?.exact).toBe(exact);
    expect(row?.description).toBe(format === "csv" ? csvCell(description) : description);
  });

  test("has totals that another tool adds up", async () => {
    const exact = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 14n }).map((count) => formatPicos(count as Picos));
    const invoices = fc.array(fc.tuple(fc.constantFrom("JPY", "USD"), fc.array(exact, { maxLength: 4 }), exact), {
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(invoices, async (drawn) => {
        const all = drawn.map(([code, amounts, carried], index) => {
          const lines = amounts.map((amount) => line(amount));
          return invoice(code, lines, { id: `inv_${index}`, carriedIn: picos(carried) });
        });
        addUp(await exported(format, all));
      }),
      { numRuns: format === "xlsx" ? 10 : 30 },
    );
  });
});

/** Adds every column of amounts up by hand, and holds the totals against it. */
function addUp(rows: readonly Cells[]): void {
  const add = (of: readonly Cells[], column: string) => sum(of.map((row) => picos(textOf(row[column]))));
  const totals = rows.filter(({ record }) => record === "total");
  expect(totals).toHaveLength(new Set(rows.map(({ currency }) => currency)).size);
  for (const total of totals) {
    const lines = rows.filter(({ record, currency }) => record === "line" && currency === total.currency);
    const firsts = [...new Map(lines.toReversed().map((row) => [row.invoice, row])).values()];
    for (const column of ["exact", "amount"]) expect(add(lines, column)).toBe(picos(textOf(total[column])));
    for (const column of ["exact", "carried_in", "total", "carried_out"])
      expect(add(firsts, `invoice_${column}`)).toBe(picos(textOf(total[`invoice_${column}`])));
  }
}

describe("the columns", () => {
  test("are the same everywhere, in order", async () => {
    const csv = String(await written("csv", two));
    expect(csv.split("\r\n")[0]).toBe(exportColumns.join(","));
    const [row] = await exported("parquet", two);
    expect(Object.keys(row ?? {})).toEqual([...exportColumns]);
    expect((await exported("jsonl", two))[1]?.group).toEqual(group);
    expect((await exported("csv", two))[1]?.group).toBe(JSON.stringify(group));
  });
});

describe("a workbook", () => {
  test("has rounded numbers beside exact texts", async () => {
    const [row] = await exported("xlsx", two);
    expect(row).toMatchObject({
      exact: "4.2472554466",
      exact_rounded: 4.2472554466,
      amount: "4.25",
      amount_rounded: 4.25,
    });
  });

  test.for([
    { id: "a\u0001b", reads: "a\u0001b", why: "a control character, which XML cannot hold" },
    { id: "_x0041_", reads: "_x0041_", why: "what a spreadsheet would read as a letter" },
    { id: "x".repeat(40_000), reads: `${"x".repeat(32_766)}…`, why: "no more than a cell holds" },
  ])("writes $why", async ({ id, reads }) => {
    const [row] = await exported("xlsx", [invoice("USD", [line("1", { description: id })])]);
    expect(row?.description).toBe(reads);
  });
});
