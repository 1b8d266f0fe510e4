import { accountId, trialBalance } from "@farthing/ledger";
import { currency, expectOk, formatPicos, minus, noMoney, picos } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { AccountRecord } from "./account-log.ts";
import { recordPosting } from "./book-records.ts";
import { changeInvoice } from "./change-invoice.ts";
import { createCreditNote } from "./create-credit-note.ts";
import type { LaterEvent } from "./invoice-state.ts";
import { postSeals } from "./post-invoices.ts";
import type { Seal, SealedInvoice } from "./seal.ts";
import { ann, billingWorld, charge, hour, merchant, refOf, start } from "./world.fixture.ts";

const id = "inv_ann_1_USD";

/** An invoice of 1.50, sealed and posted. */
async function billed() {
  const shop = await billingWorld();
  await shop.send(charge("a", start, "1.504"));
  shop.at(start + hour);
  const seal = await shop.seal();
  await postSeals(shop, { merchant, id: "st_1", chunk: 0 }, seal === undefined ? [] : [seal]);
  const happen = (event: LaterEvent) => changeInvoice(shop, { merchant, id, event, reason: "asked" });
  const booked = async () => {
    const { accounts } = await trialBalance(shop.books, merchant);
    return accounts.flatMap(({ account, balance }) =>
      balance === 0n ? [] : [`${accountId(account)} ${formatPicos(balance)}`],
    );
  };
  return { shop, happen, booked };
}

describe("what becomes of an invoice is posted with its record", () => {
  test.for<{ events: readonly LaterEvent[]; books: readonly string[] }>([
    { events: ["fell_due"], books: [] },
    { events: ["collected"], books: [] },
    { events: ["paid_outside"], books: ["clearing:USD 1.5", "receivable:USD -1.5"] },
    { events: ["voided"], books: ["receivable:USD -1.5", "revenue:USD 1.5"] },
    { events: ["written_off"], books: ["bad_debt:USD 1.5", "receivable:USD -1.5"] },
    { events: ["fell_due", "given_up"], books: ["bad_debt:USD 1.5", "receivable:USD -1.5"] },
    { events: ["written_off", "paid_outside"], books: ["clearing:USD 1.5", "receivable:USD -1.5"] },
    { events: ["written_off", "voided"], books: ["receivable:USD -1.5", "revenue:USD 1.5"] },
  ])("$events", async ({ events, books }) => {
    const { happen, booked, shop } = await billed();
    for (const event of events) {
      expectOk(await happen(event));
      expectOk(await happen(event));
    }
    expect(await booked()).toEqual(books);
    expect(await shop.account.recordsFrom(refOf(ann), 1)).toHaveLength(events.length);
  });

  test("a credit note before, and what is left after it", async () => {
    const { shop, happen, booked } = await billed();
    const lines = [
      { line: (await shop.seals.latestSeal(refOf(ann)))?.invoices[0]?.lines[0]?.id ?? "", amount: picos("0.505") },
    ];
    expectOk(
      await createCreditNote(
        { ...shop, noteNumbers: shop.numbers },
        { merchant, id, scope: { lines }, reason: "wrong" },
      ),
    );
    const [note] = await shop.account.recordsFrom(refOf(ann), 1);
    if (note?.change.kind !== "credit") throw new Error("no credit note was made");
    const { total, carried } = note.change;
    expect(await booked()).toEqual([
      `receivable:USD -${formatPicos(total)}`,
      "revenue:USD 0.505",
      `rounding:USD ${formatPicos(minus(noMoney, carried))}`,
    ]);
    expectOk(await happen("paid_outside"));
    expect((await booked()).filter((text) => text.startsWith("receivable"))).toEqual(["receivable:USD -1.5"]);
  });

  test("by two at once once", async () => {
    const { happen, booked } = await billed();
    const answers = await Promise.all([happen("voided"), happen("voided"), happen("paid_outside")]);
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(0);
    const books = await booked();
    expect(books).toContain("receivable:USD -1.5");
    expect(books).toHaveLength(2);
  });
});

test("what is voided takes its share of the tax back", () => {
  const lines = [
    { id: "l1", kind: "usage", amount: picos("1"), exact: picos("1") },
    { id: "l2", kind: "tax", amount: picos("0.2"), exact: picos("0.2") },
  ];
  const invoice = {
    currency: currency("USD"),
    status: "sealed",
    total: picos("1.2"),
    lines,
  } as unknown as SealedInvoice;
  const seal = { customer: refOf(ann), number: 1 } as Seal;
  const place = { seal: 1, currency: currency("USD") };
  const recordOf = (number: number, change: AccountRecord["change"]): AccountRecord => {
    return { customer: refOf(ann), number, invoice: place, change, at: start, recordedAt: start };
  };
  const credit = {
    kind: "credit",
    as: "due",
    exact: picos("0.6"),
    total: picos("0.6"),
    carried: picos("0"),
    to: "sealed",
  } as const;
  const note = recordOf(1, {
    ...credit,
    lines: [
      { line: "l1", exact: picos("0.5") },
      { line: "l2", exact: picos("0.1") },
    ],
  });
  const voided = { kind: "transition", event: "voided", from: "sealed", to: "void", amount: picos("0.6") } as const;
  const textOf = (record: AccountRecord, all: readonly AccountRecord[]) =>
    recordPosting(record, { seal, invoice, all })?.entries.map(
      ({ account, amount }) => `${accountId(account)} ${formatPicos(amount)}`,
    );
  expect(textOf(note, [])).toEqual(["receivable:USD:ann -0.6", "revenue:USD:ann 0.5", "tax:USD:ann 0.1"]);
  expect(textOf(recordOf(2, voided), [note])).toEqual([
    "receivable:USD:ann -0.6",
    "revenue:USD:ann 0.5",
    "tax:USD:ann 0.1",
  ]);
});

test("a note of what includes its tax gives its share of the tax back", () => {
  const lines = [
    { id: "l1", kind: "usage", amount: picos("1.2"), exact: picos("1.2") },
    { id: "l2", kind: "tax", amount: picos("0"), exact: picos("0"), tax: { amount: picos("0.2") } },
  ];
  const total = { exact: picos("1.2"), total: picos("1.2"), lines };
  const invoice = { currency: currency("USD"), status: "sealed", ...total } as unknown as SealedInvoice;
  const credit = {
    kind: "credit",
    as: "due",
    exact: picos("0.6"),
    total: picos("0.6"),
    carried: picos("0"),
    to: "sealed",
  } as const;
  const change = { ...credit, lines: [{ line: "l1", exact: picos("0.6") }] };
  const place = { invoice: { seal: 1, currency: currency("USD") }, at: start, recordedAt: start };
  const posting = recordPosting(
    { customer: refOf(ann), number: 1, change, ...place },
    { seal: { customer: refOf(ann), number: 1 } as Seal, invoice, all: [] },
  );
  expect(posting?.entries.map(({ account, amount }) => `${accountId(account)} ${formatPicos(amount)}`)).toEqual([
    "receivable:USD:ann -0.6",
    "revenue:USD:ann 0.5",
    "tax:USD:ann 0.1",
  ]);
});
