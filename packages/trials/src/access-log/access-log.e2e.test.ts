import { FarthingClient, type Invoice, type InvoiceSummary, type MicroCharge, type Settlement } from "@farthing/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { days, describeWeb, settleThrough } from "../support/access-log-bill.ts";
import {
  busiest,
  expected,
  expectWholeConservation,
  expectWholeInvoices,
  expectWholeSettlement,
} from "../support/billed.ts";
import { type CommandEnd, command } from "../support/command-line.ts";
import { csvRecords } from "../support/csv.ts";
import { LocalFarthing } from "../support/local-farthing.ts";
import { picosOf, sumOf } from "../support/picos.ts";
import { sharedFile } from "../support/shared-file.ts";

const log = sharedFile("data/apache-access.log", "the billing of 10,000 real requests");

describe.skipIf(log === undefined)("10,000 real requests, from the log to the invoices", () => {
  const path = log ?? "";
  let farthing: LocalFarthing;
  let client: FarthingClient;
  let imported: CommandEnd;
  let settlement: Settlement;
  let invoices: readonly InvoiceSummary[] = [];

  const importLog = () => command("import", "access-log", path, "--plan", "web", "--data", farthing.dir, "--json");

  async function settle(only: { readonly customers?: readonly string[] } = {}): Promise<Settlement> {
    const { id } = await client.settlements.create({ through: settleThrough, ...only });
    return client.settlements.wait(id, { everyMs: 500, timeoutMs: 1_200_000 });
  }

  /** A meter's sum over its customers one by one. */
  async function usageOf(meter: string): Promise<{ customers: number; sum: bigint }> {
    const each = await client.usage.query({ meter, ...days, window: "none", groupBy: ["customer"] });
    return { customers: each.rows.length, sum: each.rows.reduce((so, { value }) => so + BigInt(value ?? 0), 0n) };
  }

  async function expectWholeUsage(): Promise<void> {
    const whole = await client.usage.query({ meter: "bytes", ...days, window: "none" });
    expect(whole).toMatchObject({ rows: [{ value: expected.bytes }] });
  }

  beforeAll(async () => {
    farthing = await LocalFarthing.start();
    client = new FarthingClient({ key: farthing.keys.admin, url: farthing.api, attempts: 10, timeoutMs: 60_000 });
    await describeWeb(client);
    imported = await importLog();
  });

  afterAll(() => farthing?.[Symbol.asyncDispose]());

  test("every line is accepted, and every customer has the plan", () => {
    expect(JSON.parse(imported.output)).toMatchObject({
      accepted: expected.requests,
      duplicates: 0,
      customersGivenPlan: expected.customers,
      problems: {},
      warnings: {},
    });
  });

  test("usage shows all of it at once", async () => {
    const { customers, requests } = expected;
    expect(await usageOf("requests")).toEqual({ customers, sum: BigInt(requests) });
    // Customer by customer once: two reads of the store each.
    await expectWholeUsage();
  });

  test("a settlement through June comes to the exact sum", async () => {
    settlement = await settle();
    expectWholeSettlement(settlement);
  });

  test("each invoice is what the log says of its customer, and all of them add up", async () => {
    invoices = await expectWholeInvoices(client, settlement.id, path);
  });

  test("the charges of the busiest customer add up to its invoice over all pages", async () => {
    const summary = invoices.find(({ customer }) => customer === busiest.customer);
    const invoice: Invoice = await client.invoices.get(summary?.id ?? "");
    expect(sumOf(invoice.lines.map(({ amount }) => amount))).toBe(picosOf(invoice.total));
    expect(sumOf(invoice.lines.map(({ exact }) => exact))).toBe(picosOf(busiest.exact));

    const charges: MicroCharge[] = [];
    let [pages, cursor]: [number, string | undefined] = [0, undefined];
    do {
      const page = await client.invoices.charges(invoice.id, {
        limit: 150,
        ...(cursor === undefined ? {} : { cursor }),
      });
      charges.push(...page.items);
      cursor = page.nextCursor;
      pages++;
    } while (cursor !== undefined);
    expect(pages).toBeGreaterThan(3);

    let running = 0n;
    for (const charge of charges) {
      running += picosOf(charge.amount);
      expect(picosOf(charge.running)).toBe(running);
    }
    expect(running).toBe(picosOf(busiest.exact));
    for (const line of invoice.lines) {
      const own = charges.filter((charge) => charge.line === line.id);
      expect(sumOf(own.map(({ amount }) => amount))).toBe(picosOf(line.exact));
      expect(own.reduce((sum, { quantity }) => sum + BigInt(quantity), 0n)).toBe(BigInt(line.quantity ?? ""));
    }
    expect(charges).toEqual(
      charges.toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
    );
  });

  test("the export's control totals are the sums of its columns, and the settlement's", async () => {
    const csv = await (await client.settlements.export(settlement.id)).text();
    const records = csvRecords(csv);
    const lines = records.filter(({ record }) => record === "line");
    const total = records.find(({ record }) => record === "total");
    const columnSum = (rows: typeof lines, column: string) => sumOf(rows.map((row) => row[column] || "0"));
    const perInvoice = [...new Map(lines.map((line) => [line.invoice, line])).values()];
    expect(perInvoice).toHaveLength(expected.customers);
    expect(columnSum(lines, "exact")).toBe(picosOf(expected.exact));
    for (const column of ["exact", "amount"]) expect(columnSum(lines, column)).toBe(picosOf(total?.[column] ?? ""));
    for (const column of ["invoice_exact", "invoice_total", "invoice_carried_in", "invoice_carried_out"])
      expect(columnSum(perInvoice, column)).toBe(picosOf(total?.[column] ?? ""));
    expect([total?.invoice_exact, total?.invoice_events]).toEqual([expected.exact, String(expected.requests)]);
    expect(picosOf(total?.amount ?? "")).toBe(picosOf(settlement.totals[0]?.invoiced ?? ""));
  });

  test("the same file again changes nothing: every request is billed once, and none is missing", async () => {
    const again = JSON.parse((await importLog()).output);
    expect(again).toMatchObject({ accepted: expected.requests, customersGivenPlan: 0, problems: {} });
    await expectWholeUsage();
    await expectWholeConservation(client);
    // Nothing is open, so that there is nothing to bill: asked of some customers, since it takes a while of all.
    const customers = [busiest.customer, ...invoices.slice(0, 50).map(({ customer }) => customer)];
    const settled = await settle({ customers: [...new Set(customers)] });
    expect(settled).toMatchObject({ status: "done", invoices: 0, totals: [] });
  });
});
