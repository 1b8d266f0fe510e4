import type { FarthingClient, InvoiceSummary, Settlement } from "@farthing/sdk";
import { expect } from "vitest";
import { billOf, days } from "./access-log-bill.ts";
import { picosOf, roundedToCents, sumOf } from "./picos.ts";

/** What the whole log comes to. */
export const expected = { customers: 1753, requests: 10_000, bytes: "2747282740", exact: "4.2472554466" };

/** Its customer with the most requests. */
export const busiest = { customer: "66.249.73.135", exact: "0.19959504743" };

/** A settlement that billed the whole log, no more and no less. */
export function expectWholeSettlement({ status, customers, invoices, totals }: Settlement): void {
  expect({ status, customers, invoices }).toEqual({
    status: "done",
    customers: expected.customers,
    invoices: expected.customers,
  });
  expect(totals).toEqual([expect.objectContaining({ currency: "USD", exact: expected.exact })]);
  const [total] = totals;
  expect(picosOf(total?.invoiced ?? "") + picosOf(total?.carried ?? "")).toBe(picosOf(expected.exact));
}

/** Reads the invoices of a settlement: each is what the log says of its customer, and all of them add up. */
export async function expectWholeInvoices(
  client: FarthingClient,
  settlement: string,
  log: string,
): Promise<readonly InvoiceSummary[]> {
  const invoices: InvoiceSummary[] = [];
  for await (const invoice of client.invoices.each({ settlement })) invoices.push(invoice);
  const bill = billOf(log);
  expect(new Set(invoices.map(({ customer }) => customer))).toEqual(new Set(bill.keys()));
  expect(invoices).toHaveLength(expected.customers);
  for (const { customer, exact, carriedIn, total, carriedOut, events, status } of invoices) {
    const used = bill.get(customer);
    const rounded = roundedToCents(used?.exact ?? 0n);
    expect([customer, picosOf(exact), carriedIn, events]).toEqual([customer, used?.exact, "0", used?.requests]);
    expect([customer, picosOf(total), status]).toEqual([customer, rounded, rounded === 0n ? "carried" : "sealed"]);
    expect(picosOf(total) + picosOf(carriedOut)).toBe(used?.exact);
  }
  const totals = sumOf(invoices.map(({ total }) => total));
  const carries = sumOf(invoices.map(({ carriedOut }) => carriedOut));
  expect(totals + carries).toBe(picosOf(expected.exact));
  expect(invoices.find(({ customer }) => customer === busiest.customer)?.exact).toBe(busiest.exact);
  return invoices;
}

/** Every request of the log is billed, and none is missing. */
export async function expectWholeConservation(client: FarthingClient): Promise<void> {
  expect(await client.reports.conservation(days)).toMatchObject({
    accepted: expected.requests,
    billed: expected.requests,
    ...{ free: 0, duplicate: 0, conflict: 0, unmetered: 0, voided: 0, open: 0, gap: 0 },
  });
}
