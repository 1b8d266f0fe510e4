import { decimal, expectOk, formatPicos, picos, sum } from "@farthing/money";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { exportCharges } from "./export-charges.ts";
import type { Seal } from "./seal.ts";
import { chargesOf } from "./seal-steps.fixture.ts";
import { billingWorld, hour, merchant, month, planOf, request, start, subscription } from "./world.fixture.ts";

const prices = [
  { key: "r", model: "per_unit", meter: "requests", unitPrice: decimal("0.0004") },
  { key: "b", model: "per_unit", meter: "bytes", unitPrice: decimal("0.000001"), per: decimal("7e6") },
  { key: "eu", model: "per_unit", meter: "bytes", unitPrice: decimal("0.1"), group: { region: "eu" } },
] as const;
const id = "inv_ann_1_USD";

async function sealed(ids: readonly string[]) {
  const shop = await billingWorld([planOf("basic", { prices })]);
  await shop.subscriptions.addSubscription(subscription({ start: month(2) }));
  const source = "=cmd|' /C calc'!A0";
  await shop.send(...ids.map((name, at) => request(name, start + at, at % 2 === 0 ? { source } : {})));
  const seal = await shop.seal(start + hour);
  return { shop, seal: seal ?? expect.fail() };
}

type Row = Readonly<Record<string, string>>;

/** Reads each form with a tool that is not the one that wrote it; cells that are not there are left out of CSV too. */
const readers: Readonly<Record<string, (content: string) => readonly Row[]>> = {
  "text/csv": (content) =>
    parse<Row>(content, { columns: true }).map((row) =>
      Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== "")),
    ),
  "application/x-ndjson": (content) =>
    content
      .trimEnd()
      .split("\n")
      .map((text) => {
        const { group, charges, ...cells } = JSON.parse(text);
        const packed = group === undefined ? {} : { group: JSON.stringify(group) };
        return { ...cells, ...packed, ...(charges === undefined ? {} : { charges: String(charges) }) };
      }),
};

async function partsOf(
  { shop }: Awaited<ReturnType<typeof sealed>>,
  form: string,
  more: { limitBytes?: number; line?: string } = {},
) {
  const parts: { name: string; mediaType: string; rows: readonly Row[] }[] = [];
  let after: string | undefined;
  do {
    const file = expectOk(await exportCharges(shop, { merchant, id, form, after, ...more }));
    parts.push({ name: file.name, mediaType: file.mediaType, rows: readers[form]?.(String(file.content)) ?? [] });
    after = file.next;
  } while (after !== undefined);
  return parts;
}

const isTotal = ({ record }: Row) => record === "total";
const names = Array.from({ length: 30 }, (_, at) => `e${at}`);

/** Adds up rows by hand, and holds the totals of a part against them. */
function holdTotals(rows: readonly Row[]): void {
  const charges = rows.filter((row) => !isTotal(row));
  const amountOf = (of: readonly Row[]) => formatPicos(sum(of.map(({ amount = "" }) => picos(amount))));
  for (const { line, amount, charges: count, quantity } of rows.filter(isTotal)) {
    const own = charges.filter((row) => line === undefined || row.line === line);
    expect([amount, count]).toEqual([amountOf(own), String(own.length)]);
    expect(quantity === undefined).toBe(line === undefined);
  }
  expect(rows.filter((row) => isTotal(row) && row.line === undefined)).toHaveLength(1);
}

describe.for(Object.keys(readers))("the charges of an invoice as %s", (form) => {
  test("are those of the list, with totals that are the invoice's lines", async () => {
    const world = await sealed(["a", "b", "c"]);
    const [part, ...others] = await partsOf(world, form);
    expect(others).toEqual([]);
    expect(part?.mediaType.startsWith(form)).toBe(true);
    expect(part?.name).toBe(`${id}-charges.${form === "text/csv" ? "csv" : "ndjson"}`);
    const rows = part?.rows ?? [];
    const listed = await chargesOf(world.shop, world.seal);
    expect(
      rows.filter((row) => !isTotal(row)).map(({ id: name, line, amount, running }) => [name, line, amount, running]),
    ).toEqual(listed.map(({ id: name, line, amount, running }) => [name, line, amount, running]));
    holdTotals(rows);
    expect(linesIn(rows)).toEqual(exactLines(world.seal));
    expect(rows.at(-1)).toEqual({ record: "total", charges: String(listed.length), amount: listed.at(-1)?.running });
  });

  test.for([1, 400, 2_000])(
    "come in parts of some %i bytes that are the whole, each with its own totals",
    async (limitBytes) => {
      const world = await sealed(names);
      const parts = await partsOf(world, form, { limitBytes });
      expect(parts.length).toBeGreaterThan(3);
      for (const { rows } of parts) holdTotals(rows);
      const [whole] = await partsOf(world, form);
      const chargesIn = (rows: readonly Row[] = []) => rows.filter((row) => !isTotal(row));
      expect(parts.flatMap(({ rows }) => chargesIn(rows))).toEqual(chargesIn(whole?.rows));
      expect(linesIn(parts.flatMap(({ rows }) => rows))).toEqual(exactLines(world.seal));
    },
  );

  test("of one line are those of the line", async () => {
    const world = await sealed(["a", "b"]);
    const [part] = await partsOf(world, form, { line: "line_2" });
    expect(new Set(part?.rows.map(({ line }) => line))).toEqual(new Set(["line_2", undefined]));
    expect(part?.rows.filter((row) => !isTotal(row))).toHaveLength(2);
  });

  test("of an invoice that is not there is refused", async () => {
    const { shop } = await sealed(["a"]);
    const answer = await exportCharges(shop, { merchant, id: "inv_ann_9_USD", form });
    expect(answer).toEqual({ ok: false, error: { code: "not_found" } });
  });
});

function linesIn(rows: readonly Row[]): Readonly<Record<string, string>> {
  const totals = rows.filter((row) => isTotal(row) && row.line !== undefined);
  const byLine = [...Map.groupBy(totals, ({ line = "" }) => line)].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    byLine.map(([line, own]) => [line, formatPicos(sum(own.map(({ amount = "" }) => picos(amount))))]),
  );
}

function exactLines(seal: Seal): Readonly<Record<string, string>> {
  return Object.fromEntries((seal.invoices[0]?.lines ?? []).map((line) => [line.id, formatPicos(line.exact)]));
}

test("a cell that a spreadsheet would take for a formula is text in CSV", async () => {
  const [part] = await partsOf(await sealed(["=1+1", "-2", "@x"]), "text/csv", { line: "line_3" });
  expect(part?.rows.slice(0, 3).map(({ id: name }) => name)).toEqual(["'=1+1", "-2", "'@x"]);
  expect(part?.rows[0]?.source).toBe("'=cmd|' /C calc'!A0");
});
