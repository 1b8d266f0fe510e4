import { currency, expectOk, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { changeInvoice, type InvoiceChange } from "./change-invoice.ts";
import { getBalance } from "./get-balance.ts";
import type { LaterEvent } from "./invoice-state.ts";
import { listInvoices } from "./list-invoices.ts";
import { numberInvoices } from "./number-invoices.ts";
import { getInvoice } from "./read-invoices.ts";
import { ann, type BillingWorld, billingWorld, charge, day, hour, merchant, refOf, start } from "./world.fixture.ts";

const id = "inv_ann_1_USD";

/** An invoice of 1.50 with number 1, and one that is carried, both sealed an hour after the start. */
async function billed() {
  const shop = await billingWorld();
  await shop.send(charge("a", start, "1.5"), charge("b", start, "0.2", "JPY"));
  shop.at(start + hour);
  await shop.seal();
  await numberInvoices(shop, merchant, [{ customer: ann, seal: 1, currency: currency("USD") }]);
  return shop;
}

const change = (shop: BillingWorld, event: LaterEvent, more: Partial<InvoiceChange> = {}) =>
  changeInvoice(shop, { merchant, id, event, reason: "asked", ...more });

async function codeOf(shop: BillingWorld, event: LaterEvent, more: Partial<InvoiceChange> = {}) {
  const answer = await change(shop, event, more);
  return answer.ok ? answer.value.status : answer.error.code;
}

describe("changeInvoice", () => {
  test("shows the new status, what is due, and whose doing it was", async () => {
    const shop = await billed();
    shop.at(start + 2 * day);
    const said = { at: start + day, reference: "bank 7" };
    expect(expectOk(await change(shop, "paid_outside", said))).toMatchObject({
      status: "paid",
      number: 1,
      due: "0.00",
      total: "1.50",
      history: [
        { event: "sealed", status: "sealed", by: "billing", at: "2026-03-02T11:00:00.000Z" },
        {
          event: "paid_outside",
          status: "paid",
          by: "people",
          amount: "1.50",
          at: "2026-03-03T10:00:00.000Z",
          recordedAt: "2026-03-04T10:00:00.000Z",
          reason: "asked",
          reference: "bank 7",
        },
      ],
    });
  });

  test("answers the same again the same, and appends nothing", async () => {
    const shop = await billed();
    const first = await change(shop, "voided");
    shop.at(start + 5 * day);
    expect(await change(shop, "voided")).toEqual(first);
    expect(await shop.account.recordsFrom(refOf(ann), 1)).toHaveLength(1);
  });

  test.for<{ more: Partial<InvoiceChange>; code: string; why: string }>([
    { more: {}, code: "paid", why: "the same" },
    { more: { at: start }, code: "paid", why: "the same time" },
    { more: { reason: "other" }, code: "transition_conflict", why: "another reason" },
    { more: { reference: "other" }, code: "transition_conflict", why: "another reference" },
    { more: { at: start + 1 }, code: "transition_conflict", why: "another time" },
    { more: { event: "voided" }, code: "invoice_not_open", why: "what a paid invoice does not let happen" },
    { more: { event: "voided", id: "inv_ann_1_JPY" }, code: "invoice_not_open", why: "of one that is carried" },
    { more: { id: "inv_ann_2_USD" }, code: "not_found", why: "of no invoice" },
    { more: { id: "ann" }, code: "not_found", why: "of no id" },
    { more: { merchant: merchantId("other") }, code: "not_found", why: "of another merchant" },
  ])("answers $code to $why after a payment", async ({ more, code }) => {
    const shop = await billed();
    await change(shop, "paid_outside", { at: start, reference: "bank" });
    expect(await codeOf(shop, "paid_outside", { reference: "bank", ...more })).toBe(code);
  });

  test("lets one of two that come at once happen", async () => {
    const shop = await billed();
    const codes = await Promise.all([codeOf(shop, "paid_outside"), codeOf(shop, "voided"), codeOf(shop, "voided")]);
    expect(codes).toEqual(["paid", "invoice_not_open", "invoice_not_open"]);
  });

  test("starts again where another record of the customer was first", async () => {
    const shop = await billed();
    await shop.send(charge("c", start + hour, "2"));
    shop.at(start + 2 * hour);
    await shop.seal();
    const other = { id: "inv_ann_2_USD" };
    const codes = await Promise.all([codeOf(shop, "paid_outside"), codeOf(shop, "voided", other)]);
    expect(codes).toEqual(["paid", "void"]);
    expect((await shop.account.recordsFrom(refOf(ann), 1)).map(({ number }) => number)).toEqual([1, 2]);
  });
});

describe("what became of invoices", () => {
  test("is what lists filter by", async () => {
    const shop = await billed();
    await shop.send(charge("c", start + hour, "2"));
    shop.at(start + 2 * hour);
    await shop.seal();
    await change(shop, "fell_due");
    const idsOf = async (status: string) =>
      expectOk(await listInvoices(shop, { merchant, customer: ann, limit: 9, status })).items.map((one) => one.id);
    expect(await idsOf("past_due")).toEqual([id]);
    expect(await idsOf("sealed")).toEqual(["inv_ann_2_USD"]);
    expect(await idsOf("carried")).toEqual(["inv_ann_1_JPY"]);
    expect(await idsOf("paid")).toEqual([]);
  });

  test("leaves a page where it ended, also when its last invoice left the filter", async () => {
    const shop = await billed();
    for (const index of [1, 2]) {
      await shop.send(charge(`c${index}`, start + index * hour, "2"));
      shop.at(start + (index + 1) * hour);
      await shop.seal();
    }
    const filter = { merchant, customer: ann, limit: 1, status: "sealed" };
    const { next } = expectOk(await listInvoices(shop, filter));
    await change(shop, "voided", { id: "inv_ann_3_USD" });
    expect(expectOk(await listInvoices(shop, { ...filter, after: next })).items).toMatchObject([
      { id: "inv_ann_2_USD" },
    ]);
  });

  test.for<{ event: LaterEvent; balance: Record<string, string> }>([
    { event: "fell_due", balance: { due: "1.50", paid: "0.00", voided: "0.00", uncollectible: "0.00" } },
    { event: "collected", balance: { due: "0.00", paid: "1.50", voided: "0.00", uncollectible: "0.00" } },
    { event: "voided", balance: { due: "0.00", paid: "0.00", voided: "1.50", uncollectible: "0.00" } },
    { event: "written_off", balance: { due: "0.00", paid: "0.00", voided: "0.00", uncollectible: "1.50" } },
  ])("moves the balance of $event", async ({ event, balance }) => {
    const shop = await billed();
    await change(shop, event);
    const { balances } = expectOk(await getBalance(shop, { merchant, id: ann }));
    expect(balances.find(({ currency }) => currency === "USD")).toMatchObject(balance);
  });

  test("a void takes nothing back: what the invoice billed is not billed again", async () => {
    const shop = await billed();
    await change(shop, "voided");
    await shop.send(charge("c", start + hour, "2"));
    shop.at(start + 2 * hour);
    const seal = await shop.seal();
    expect(seal?.invoices.find(({ currency }) => currency === "USD")).toMatchObject({ total: 2_000_000_000_000n });
  });
});

describe("getInvoice", () => {
  test("tells when it is due, by the terms as it was issued, and the digest of its document", async () => {
    const shop = await billed();
    const shown = expectOk(await getInvoice(shop, { merchant, id }));
    expect(shown).toMatchObject({ dueAt: "2026-03-02T11:00:00.000Z", due: "1.50" });
    // SHA-256 of the heading, which the printer of this world draws alone: "Invoice 1".
    expect(shown.digest).toBe("e6cc7d011389dcce76117f0676337208e30940680a7e590b95b0be89f2b6f030");
    const carried = expectOk(await getInvoice(shop, { merchant, id: "inv_ann_1_JPY" }));
    expect(carried).not.toHaveProperty("digest");
    expect(carried).not.toHaveProperty("dueAt");
  });

  test.for([
    { merchantDays: undefined, customerDays: undefined, dueAt: "2026-03-02T11:00:00.000Z" },
    { merchantDays: 14, customerDays: undefined, dueAt: "2026-03-16T11:00:00.000Z" },
    { merchantDays: 14, customerDays: 0, dueAt: "2026-03-02T11:00:00.000Z" },
    { merchantDays: undefined, customerDays: 30, dueAt: "2026-04-01T11:00:00.000Z" },
  ])("is due at $dueAt where the merchant says $merchantDays and the customer $customerDays", async (row) => {
    const shop = await billingWorld();
    const { merchantDays, customerDays } = row;
    const profile = { merchant, id: ann, known: true, createdAt: start, updatedAt: start };
    await shop.customers.putCustomer({
      ...profile,
      ...(customerDays === undefined ? {} : { paymentTermsDays: customerDays }),
    });
    await shop.send(charge("a", start, "1.5"));
    shop.at(start + hour);
    await shop.seal();
    const terms = async () => (merchantDays === undefined ? {} : { paymentTermsDays: merchantDays });
    const sellers = { ...shop.sellers, terms };
    await numberInvoices({ ...shop, sellers }, merchant, [{ customer: ann, seal: 1, currency: currency("USD") }]);
    expect(expectOk(await getInvoice(shop, { merchant, id }))).toMatchObject({ dueAt: row.dueAt });
  });
});
