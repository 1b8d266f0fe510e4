import type { Collection, InvoiceHappening } from "@farthing/sdk";
import { describe, expect, test } from "vitest";
import { paymentRows } from "./payment-rows.ts";

const open: Collection = {
  invoice: "inv_ann_1_USD",
  customer: "ann",
  settlement: "s",
  currency: "USD",
  amount: "12.00",
  status: "declined",
  openedAt: "2026-11-01T00:00:00Z",
  attempts: [{ at: "2026-11-01T00:01:00Z", outcome: "declined", code: "card_declined", woken: false }],
  refunds: [],
};
const received = { id: "txn_1", amount: "12.00", fee: "0.65", currency: "USD", at: "2026-11-02T00:00:01Z" };

describe("paymentRows", () => {
  test("nothing was tried and nothing paid", () => {
    expect(paymentRows(undefined, [])).toEqual([]);
    expect(paymentRows({ ...open, attempts: [] }, [])).toEqual([]);
  });

  test("a declined try says why", () => {
    expect(paymentRows(open, [])).toEqual([
      { at: "2026-11-01T00:01:00Z", state: "declined", amount: "12.00", reference: "card_declined" },
    ]);
  });

  test("a payment has its fee and the provider's name for it, once", () => {
    const paid = { at: "2026-11-02T00:00:00Z", outcome: "paid", woken: true } as const;
    const rows = paymentRows({ ...open, payment: "pi_1", received, attempts: [...open.attempts, paid] }, []);
    expect(rows.slice(1)).toEqual([
      {
        at: paid.at,
        state: "paid",
        amount: "12.00",
        fee: { value: "0.65", currency: "USD" },
        reference: "pi_1",
      },
    ]);
  });

  test("money that a notice brought is a payment too", () => {
    const [row] = paymentRows({ ...open, attempts: [], received }, []);
    expect(row).toMatchObject({ at: received.at, state: "paid", reference: "txn_1" });
  });

  test("refunds are taken off, and what was paid outside stands in order of time", () => {
    const refund = {
      key: "k",
      amount: "2.00",
      status: "done",
      requestedAt: "2026-11-05T00:00:00Z",
      id: "re_1",
    } as const;
    const outside: InvoiceHappening = {
      event: "paid_outside",
      status: "paid",
      by: "people",
      amount: "12.00",
      at: "2026-11-03T00:00:00Z",
      recordedAt: "2026-11-04T00:00:00Z",
      reason: "bank transfer",
      reference: "BT-7",
    };
    expect(paymentRows({ ...open, refunds: [refund] }, [outside]).slice(1)).toEqual([
      { at: outside.at, state: "paid_outside", amount: "12.00", reference: "BT-7" },
      { at: refund.requestedAt, state: "refund_done", amount: "-2.00", reference: "re_1" },
    ]);
  });
});
