import type { InvoiceSummary } from "@farthing/sdk";
import { describe, expect, test } from "vitest";
import { debtsOf } from "./past-due.ts";

function invoice(id: string, customer: string, change: Partial<InvoiceSummary> = {}): InvoiceSummary {
  return {
    id,
    customer,
    period: { from: "2026-10-01T00:00:00Z", to: "2026-11-01T00:00:00Z" },
    currency: "USD",
    status: "past_due",
    exact: "1",
    carriedIn: "0",
    total: "1",
    carriedOut: "0",
    due: "1",
    events: 1,
    root: "0",
    settlement: "s",
    sealedAt: "2026-11-01T00:00:00Z",
    ...change,
  };
}

describe("debtsOf", () => {
  test("sums a customer's invoices exactly, and is late since the oldest", () => {
    const [debt, ...others] = debtsOf([
      invoice("b", "ann", { due: "0.1", dueAt: "2026-11-20T00:00:00Z" }),
      invoice("a", "ann", { due: "0.2", dueAt: "2026-11-08T00:00:00Z" }),
    ]);
    expect(others).toEqual([]);
    expect(debt).toMatchObject({ customer: "ann", currency: "USD", due: "0.3", since: "2026-11-08T00:00:00Z" });
    expect(debt?.invoices.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  test("keeps currencies apart and puts who is late for longest first", () => {
    const debts = debtsOf([
      invoice("a", "bob", { dueAt: "2026-11-09T00:00:00Z" }),
      invoice("b", "ann", { currency: "EUR", dueAt: "2026-11-08T00:00:00Z" }),
      invoice("c", "ann", { dueAt: "2026-11-09T00:00:00Z" }),
    ]);
    expect(debts.map(({ customer, currency }) => [customer, currency])).toEqual([
      ["ann", "EUR"],
      ["ann", "USD"],
      ["bob", "USD"],
    ]);
  });

  test("is late since its collection says so, where it does", () => {
    const since = new Map([["a", "2026-11-02T00:00:00Z"]]);
    const late = invoice("a", "ann", { dueAt: "2026-11-15T00:00:00Z" });
    expect(debtsOf([late], since)[0]?.since).toBe("2026-11-02T00:00:00Z");
  });

  test("is late since its seal where an invoice has no terms, and lists nothing of nothing", () => {
    expect(debtsOf([invoice("a", "ann")])[0]?.since).toBe("2026-11-01T00:00:00Z");
    expect(debtsOf([])).toEqual([]);
  });
});
