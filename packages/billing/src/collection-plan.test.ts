import { currency, customerId, merchantId, picos } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { Collection } from "./collection.ts";
import {
  begin,
  beginLookUp,
  changed,
  failed,
  leaseMs,
  newCollection,
  paid,
  postponed,
  processing,
  unsendable,
  unsure,
  withdrawn,
  writtenOff,
} from "./collection-plan.ts";
import { verdictOn } from "./payment-verdict.ts";

const [hour, day] = [3_600_000, 24 * 3_600_000];
const usd = currency("USD");
const ref = { merchant: merchantId("shop"), customer: customerId("ann"), seal: 1, currency: usd };
const now = Date.UTC(2026, 10, 2);
const settings = { retryDays: [1, 3], writeOffDays: 30 };
const fresh = newCollection(ref, { settlement: "st_1", amount: picos("5"), now });
const sending = begin(fresh, now, false);
const movement = { id: "txn_1", amount: picos("5"), fee: picos("0.45"), currency: usd, at: now };
const payment = { id: "pi_1", status: "open", amount: picos("5"), currency: usd, createdAt: now } as const;

/** Tries that fail, each at the time that the one before said. */
function afterFailures(times: number): Collection {
  let collection: Collection = fresh;
  for (let time = 0; time < times; time++) {
    const at = collection.dueAt ?? now;
    collection = failed(
      begin(collection, at, false),
      { outcome: "declined", charge: `ch_${time}` },
      settings,
      at,
    ).collection;
  }
  return collection;
}

describe("a collection", () => {
  test.for([
    { what: "begins", next: sending, status: "sending", dueAt: now + leaseMs },
    { what: "is looked up", next: beginLookUp(sending, now), status: "unknown", dueAt: now + leaseMs },
    { what: "has no answer", next: unsure(sending, now), status: "unknown", dueAt: now + 2 * 60_000 },
    { what: "is with a bank", next: processing(sending, now), status: "unknown", dueAt: now + 6 * hour },
    { what: "is too early", next: postponed(sending, now), status: "to_send", dueAt: now + 60_000 },
    { what: "is declined", next: afterFailures(1), status: "declined", dueAt: now + day },
    { what: "is declined again", next: afterFailures(2), status: "declined", dueAt: now + 3 * day },
    { what: "is past its schedule", next: afterFailures(3), status: "past_due", dueAt: now + 33 * day },
  ])("that $what is $status", ({ next, status, dueAt }) => {
    expect(next).toMatchObject({ status, dueAt });
  });

  test("is asked for under another key each time it begins", () => {
    const tries = [sending, beginLookUp(sending, now), begin(beginLookUp(sending, now), now, false)].map(
      (one) => one.tries,
    );
    expect(new Set(tries).size).toBe(tries.length);
  });

  test("that waits goes back to what it was", () => {
    expect(postponed(begin(afterFailures(1), now, false), now).status).toBe("declined");
    expect(postponed(begin(afterFailures(3), now, false), now).status).toBe("past_due");
  });

  test("that the customer woke takes none of the retries, and is past due no later", () => {
    const woken = failed(begin(afterFailures(1), now, true), { outcome: "declined" }, settings, now).collection;
    expect(woken).toMatchObject({ status: "declined", dueAt: now + day, woken: undefined });
    const late = afterFailures(3);
    const again = failed(begin(late, now + 9 * day, true), { outcome: "declined" }, settings, now + 9 * day).collection;
    expect(again).toMatchObject({ status: "past_due", dueAt: late.dueAt, pastDueAt: late.pastDueAt });
    expect(again.notices).toEqual(late.notices);
  });

  test("tells its customer at each step", () => {
    const letters = (collection: Collection) =>
      collection.notices.flatMap((notice) => (notice.kind === "letter" ? [notice.letter] : []));
    expect(letters(afterFailures(3))).toEqual(["declined", "declined", "past_due"]);
    expect(letters(failed(sending, { outcome: "no_method" }, settings, now).collection)).toEqual(["please_pay"]);
    expect(letters(writtenOff(sending, now).collection)).toEqual(["written_off"]);
    expect(letters(paid(sending, payment, movement, now).collection)).toEqual(["paid"]);
  });

  test("that can never be sent is past due at once, and says why", () => {
    const { collection } = unsendable(sending, "below_minimum", settings, now);
    expect(collection).toMatchObject({ status: "past_due", reason: "below_minimum", dueAt: now + 30 * day });
    expect(collection.attempts).toEqual([{ at: now, outcome: "refused", code: "below_minimum", woken: false }]);
    expect(collection.revision).toBe(sending.revision + 1);
  });

  test("posts one fact when it is paid, and one when it is written off", () => {
    expect(paid(sending, payment, movement, now).facts).toEqual([
      { ...ref, kind: "payment", cause: "payment:pi_1", payment: "pi_1", amount: picos("5"), at: now, movement },
    ]);
    expect(writtenOff(sending, now).facts).toEqual([
      { ...ref, kind: "write_off", cause: "write_off:inv_ann_1_USD", amount: picos("5"), at: now },
    ]);
    expect(withdrawn(sending, now)).toEqual({
      collection: { ...sending, status: "withdrawn", closedAt: now, dueAt: undefined, revision: sending.revision + 1 },
    });
  });

  test("is never paid with another amount or currency", () => {
    for (const other of [{ amount: picos("5.01") }, { currency: currency("EUR") }])
      expect(() => paid(sending, { ...payment, ...other }, movement, now)).toThrow("another amount");
  });
});

describe("what the rail says of a payment", () => {
  const tried = changed(sending, { charge: "ch_1" });
  test.for([
    { of: { status: "succeeded", movement }, verdict: "paid" },
    { of: { status: "succeeded" }, verdict: "unsettled" },
    { of: { status: "processing" }, verdict: "processing" },
    { of: { status: "closed" }, verdict: "gone" },
    { of: {}, verdict: "again" },
    { of: { charge: "ch_2", decline: "card_declined" }, verdict: "declined" },
    { of: { charge: "ch_1", decline: "card_declined" }, verdict: "again" },
  ] as const)("$of is $verdict", ({ of, verdict }) => {
    expect(verdictOn(tried, { ...payment, ...of })).toBe(verdict);
  });
});
