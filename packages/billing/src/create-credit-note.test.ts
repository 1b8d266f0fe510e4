import { currency, expectOk, merchantId, picos } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { changeInvoice } from "./change-invoice.ts";
import { type CreditNoteOrder, createCreditNote } from "./create-credit-note.ts";
import { getBalance } from "./get-balance.ts";
import type { InvoiceSheet } from "./invoice-sheet.ts";
import { numberInvoices } from "./number-invoices.ts";
import { getCreditNote, listCreditNotes, printCreditNote } from "./read-credit-notes.ts";
import { getInvoice } from "./read-invoices.ts";
import {
  ann,
  type BillingWorld,
  billingWorld,
  bob,
  charge,
  hour,
  merchant,
  refOf,
  request,
  start,
  subscription,
} from "./world.fixture.ts";

const id = "inv_ann_1_USD";

/** An invoice of 1.00 for direct charges and 0.0008 for two requests. */
async function billed() {
  const shop = await billingWorld();
  await shop.subscriptions.addSubscription(subscription());
  await shop.send(charge("a", start, "0.6"), charge("b", start, "0.4"), request("r", start), request("q", start));
  shop.at(start + hour);
  await shop.seal();
  await numberInvoices(shop, merchant, [{ customer: ann, seal: 1, currency: currency("USD") }]);
  return shop;
}

const credit = (shop: BillingWorld, more: Partial<CreditNoteOrder> = {}) =>
  createCreditNote(shop, { merchant, id, scope: { whole: true }, reason: "wrong", ...more });
const balanceOf = async (shop: BillingWorld) => expectOk(await getBalance(shop, { merchant, id: ann })).balances[0];

describe("createCreditNote", () => {
  test("takes the whole invoice off what is due, and shows it in its history", async () => {
    const shop = await billed();
    expect(expectOk(await credit(shop))).toEqual({
      id: "cn_ann_1_USD",
      number: 1,
      invoice: id,
      customer: "ann",
      currency: "USD",
      as: "due",
      lines: [
        { line: "line_1", description: "requests", exact: "0.0008" },
        { line: "line_2", description: "Direct charges", exact: "1" },
      ],
      exact: "1.0008",
      total: "1.00",
      carried: "0.0008",
      reason: "wrong",
      createdAt: "2026-03-02T11:00:00.000Z",
    });
    expect(expectOk(await getInvoice(shop, { merchant, id }))).toMatchObject({
      status: "paid",
      due: "0.00",
      history: [
        { event: "sealed" },
        { event: "credited", by: "people", amount: "1.00", status: "paid", reason: "wrong" },
      ],
    });
    expect(await balanceOf(shop)).toMatchObject({ due: "0.00", paid: "0.00", credited: "1.0008", carried: "0" });
  });

  test("gives back what events were charged, by line", async () => {
    const shop = await billed();
    const events = [{ id: "r" }, { id: "a" }];
    expect(expectOk(await credit(shop, { scope: { events } }))).toMatchObject({
      lines: [
        { line: "line_2", exact: "0.6" },
        { line: "line_1", exact: "0.0004" },
      ],
      events,
      total: "0.60",
      carried: "0.0004",
    });
    expect(await credit(shop, { scope: { events: [{ id: "a" }] } })).toMatchObject({
      error: { code: "already_credited", event: "a" },
    });
    for (const event of [{ id: "none" }, { id: "a", source: "other" }])
      expect(await credit(shop, { scope: { events: [event] } })).toMatchObject({ error: { code: "unknown_event" } });
  });

  test("under the same key is the same note, and numbers it once", async () => {
    const shop = await billed();
    const lines = [{ line: "line_2", amount: picos("0.1") }];
    const first = await credit(shop, { scope: { lines }, key: "k" });
    expect(await credit(shop, { scope: { lines }, key: "k" })).toEqual(first);
    expect(expectOk(await credit(shop, { scope: { lines }, key: "other" }))).toMatchObject({ number: 2 });
    expect(await balanceOf(shop)).toMatchObject({ due: "0.80" });
  });

  test("gives its number once it is there, also when the first try died before", async () => {
    const shop = await billed();
    const dead = { ...shop.noteNumbers, appendBlock: () => Promise.reject(new Error("dead")) };
    await expect(credit({ ...shop, noteNumbers: dead } as BillingWorld, { key: "k" })).rejects.toThrow("dead");
    expect(expectOk(await getCreditNote(shop, { merchant, id: "cn_ann_1_USD" }))).not.toHaveProperty("number");
    expect(expectOk(await credit(shop, { key: "k" }))).toMatchObject({ id: "cn_ann_1_USD", number: 1 });
  });

  test("gives its number to an older note of the customer that none was given", async () => {
    const shop = await billed();
    const lines = [{ line: "line_2", amount: picos("0.1") }];
    const dead = { ...shop.noteNumbers, appendBlock: () => Promise.reject(new Error("dead")) };
    await expect(credit({ ...shop, noteNumbers: dead } as BillingWorld, { scope: { lines } })).rejects.toThrow("dead");
    expect(expectOk(await credit(shop, { scope: { lines } }))).toMatchObject({ id: "cn_ann_2_USD", number: 2 });
    expect(expectOk(await getCreditNote(shop, { merchant, id: "cn_ann_1_USD" }))).toMatchObject({ number: 1 });
  });

  test("lets no two at once give back more than there is", async () => {
    const shop = await billed();
    const lines = [{ line: "line_2", amount: picos("0.6") }];
    const answers = await Promise.all([credit(shop, { scope: { lines } }), credit(shop, { scope: { lines } })]);
    expect(answers.map((answer) => (answer.ok ? answer.value.total : answer.error.code))).toEqual([
      "0.60",
      "credit_too_large",
    ]);
  });

  test.for([
    { more: { id: "inv_ann_2_USD" }, code: "not_found" },
    { more: { merchant: merchantId("other") }, code: "not_found" },
    { more: { scope: { lines: [{ line: "x" }] } }, code: "unknown_line" },
  ])("is refused as $code", async ({ more, code }) => {
    const shop = await billed();
    expect(await credit(shop, more)).toMatchObject({ ok: false, error: { code } });
  });
});

describe("what a credit note carries", () => {
  test("is taken off the next seal's carry, once, and the balance shows it before", async () => {
    const shop = await billed();
    await changeInvoice(shop, { merchant, id, event: "paid_outside", reason: "bank" });
    await credit(shop, { scope: { lines: [{ line: "line_2", amount: picos("0.7") }] } });
    expect(await balanceOf(shop)).toMatchObject({ paid: "1.00", credited: "0.7", carried: "-0.6992" });
    await shop.send(charge("c", start + hour, "5"));
    shop.at(start + 2 * hour);
    const second = await shop.seal();
    expect(second).toMatchObject({ account: 2, creditNotes: { USD: picos("0.7") } });
    expect(second?.invoices[0]).toMatchObject({ carriedIn: picos("-0.6992"), total: picos("4.3") });
    await shop.send(charge("d", start + 2 * hour, "1"));
    shop.at(start + 3 * hour);
    const third = await shop.seal();
    expect(third).toMatchObject({ account: 2 });
    expect(third).not.toHaveProperty("creditNotes");
    expect(third?.invoices[0]).toMatchObject({ total: picos("1") });
  });

  test("stays on the carry where nothing else is billed", async () => {
    const shop = await billed();
    await credit(shop, { as: "carry" });
    shop.at(start + 2 * hour);
    const second = await shop.seal();
    expect(second).toMatchObject({ invoices: [], carries: { USD: picos("-1") } });
  });
});

describe("credit notes", () => {
  async function three() {
    const shop = await billed();
    await shop.send({ ...charge("z", start, "3"), customer: bob });
    shop.at(start + 2 * hour);
    await shop.seal(start + 2 * hour, { customer: bob });
    await numberInvoices(shop, merchant, [{ customer: bob, seal: 1, currency: currency("USD") }]);
    const lines = [{ line: "line_2", amount: picos("0.1") }];
    await credit(shop, { scope: { lines } });
    const bobs = [{ line: "line_1", amount: picos("0.1") }];
    await credit(shop, { scope: { lines: bobs }, id: "inv_bob_1_USD" });
    await credit(shop, { scope: { lines } });
    return shop;
  }

  test.for([
    { filter: {}, ids: ["cn_ann_2_USD", "cn_bob_1_USD", "cn_ann_1_USD"] },
    { filter: { customer: ann }, ids: ["cn_ann_2_USD", "cn_ann_1_USD"] },
    { filter: { invoice: "inv_bob_1_USD" }, ids: ["cn_bob_1_USD"] },
    { filter: { customer: ann, invoice: "inv_bob_1_USD" }, ids: [] },
    { filter: { invoice: "inv_ann_1_JPY" }, ids: [] },
    { filter: { invoice: "no id" }, ids: [] },
  ])("of $filter are $ids, page by page", async ({ filter, ids }) => {
    const shop = await three();
    for (const limit of [1, 2, 9]) {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = expectOk(await listCreditNotes(shop, { merchant, limit, after, ...filter }));
        seen.push(...page.items.map((note) => note.id));
        after = page.next;
      } while (after !== undefined);
      expect(seen).toEqual(ids);
    }
  });

  test("of a merchant without any are none", async () => {
    const shop = await billed();
    expect(expectOk(await listCreditNotes(shop, { merchant, limit: 9 }))).toEqual({ items: [] });
  });

  test("are shown by their ids", async () => {
    const shop = await three();
    expect(expectOk(await getCreditNote(shop, { merchant, id: "cn_bob_1_USD" }))).toMatchObject({ number: 2 });
    for (const wrong of ["cn_bob_2_USD", "cn_bob_1_JPY", "inv_bob_1_USD", "x"])
      expect(await getCreditNote(shop, { merchant, id: wrong })).toEqual({ ok: false, error: { code: "not_found" } });
  });

  test("are printed with their number, and name the invoice", async () => {
    const shop = await three();
    const sheets: InvoiceSheet[] = [];
    const print = async (sheet: InvoiceSheet) => {
      sheets.push(sheet);
      return new Uint8Array(3);
    };
    const printing = { ...shop, printer: { print } };
    expect(expectOk(await printCreditNote(printing, { merchant, id: "cn_bob_1_USD" }))).toMatchObject({
      name: "credit-note-2.pdf",
      mediaType: "application/pdf",
    });
    expect(sheets[0]).toMatchObject({
      heading: "Credit note 2",
      words: { invoice: "Credit note" },
      facts: [
        ["Number", "2"],
        ["Issued", "2 March 2026"],
        ["Credits invoice", "2"],
        ["Customer", "bob"],
      ],
      rows: [{ title: "Direct charges", exact: "0.1" }],
      total: ["No longer due", "USD 0.10"],
      notes: [expect.stringContaining("wrong"), expect.stringContaining("rounded once")],
    });
    expect(await printCreditNote(printing, { merchant, id: "cn_bob_9_USD" })).toMatchObject({
      error: { code: "not_found" },
    });
    expect(await shop.account.recordsFrom(refOf(bob), 1)).toHaveLength(1);
  });
});
