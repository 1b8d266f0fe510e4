import { createHash } from "node:crypto";
import type { Balance, Invoice, InvoiceSummary, Page, Settlement } from "@farthing/sdk";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { ApiWorld, type Problem, type Shop } from "./api-world.ts";

const start = "2026-06-10T12:00:00Z";

let world: ApiWorld;
let shop: Shop;

beforeAll(async () => {
  world = await ApiWorld.open(inject("dynamoEndpoint"), start);
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  world.at(start);
  shop = await world.shop();
  await shop.send("PUT", "/v1/customers/ann", { name: "Ann Ltd", paymentTermsDays: 14 });
});

const charge = (id: string, time: string, amount: string) => ({
  id,
  type: "charge",
  customer: "ann",
  time,
  data: { amount, currency: "USD" },
});

async function send(...events: readonly object[]): Promise<void> {
  expect((await shop.send("POST", "/v1/events", events)).status).toBe(202);
}

async function settle(through: string): Promise<readonly InvoiceSummary[]> {
  const { json } = await shop.send<Settlement>("POST", "/v1/settlements", { through });
  await world.drain();
  return (await shop.send<Page<InvoiceSummary>>("GET", `/v1/invoices?settlement=${json.id}`)).json.items;
}

/** An invoice of 2.50, sealed at noon of 10 June. */
async function billed(): Promise<Invoice> {
  await send(charge("a", "2026-06-09T00:00:00Z", "1.5"), charge("b", "2026-06-09T01:00:00Z", "1.004"));
  const [invoice] = await settle("2026-06-10T00:00:00Z");
  return (await shop.send<Invoice>("GET", `/v1/invoices/${invoice?.id}`)).json;
}

const why = { reason: "asked for" };
const balance = async () => (await shop.send<Balance>("GET", "/v1/customers/ann/balance")).json.balances[0];

describe("an invoice", () => {
  test("tells what is due and when, and the digest of its PDF", async () => {
    await shop.send("PUT", "/v1/merchant", {
      fees: [{ method: "card", currency: "USD", percent: "2.9", fixed: "0.30" }],
    });
    const invoice = await billed();
    const fee = { method: "card", amount: "0.37", share: "14.80" };
    expect(invoice).toMatchObject({ status: "sealed", due: "2.50", number: 1, fee });
    expect(Date.parse(invoice.dueAt ?? "") - Date.parse(invoice.sealedAt)).toBe(14 * 86_400_000);
    const pdf = await shop.send("GET", `/v1/invoices/${invoice.id}/pdf`);
    const digest = Buffer.from(invoice.digest ?? "", "hex").toString("base64");
    expect(pdf.headers["repr-digest"]).toBe(`sha-256=:${digest}:`);
    expect(createHash("sha256").update("").digest("hex")).not.toBe(invoice.digest);
  });

  test("is paid once, under whatever key, and then neither void nor written off", async () => {
    const { id } = await billed();
    const headers = { "idempotency-key": "k" };
    const paid = await shop.send<Invoice>("POST", `/v1/invoices/${id}/pay`, why, { headers });
    expect(paid).toMatchObject({ status: 200, json: { status: "paid", due: "0.00" } });
    expect((await shop.send<Invoice>("POST", `/v1/invoices/${id}/pay`, why, { headers })).json).toEqual(paid.json);
    expect((await shop.send<Invoice>("POST", `/v1/invoices/${id}/pay`, why)).json).toEqual(paid.json);
    for (const [verb, body, code] of [
      ["pay", { reason: "other" }, "transition_conflict"],
      ["void", why, "invoice_not_open"],
      ["uncollectible", why, "invoice_not_open"],
    ] as const)
      expect(await shop.send<Problem>("POST", `/v1/invoices/${id}/${verb}`, body)).toMatchObject({
        status: 409,
        json: { code },
      });
    expect((await shop.send<Page<InvoiceSummary>>("GET", "/v1/invoices?status=paid")).json.items).toMatchObject([
      { id },
    ]);
    expect((await shop.send<Page<InvoiceSummary>>("GET", "/v1/invoices?status=sealed")).json.items).toEqual([]);
    expect(await balance()).toMatchObject({ due: "0.00", paid: "2.50", carried: "0.004" });
  });

  test("is drafted with what came a moment ago", async () => {
    await send(charge("a", "2026-06-10T11:59:00Z", "1.5"));
    const draft = await shop.send("GET", "/v1/customers/ann/invoices/draft");
    expect(draft.json).toMatchObject({
      invoices: [{ status: "draft", becomes: "sealed", total: "1.50", due: "0.00" }],
    });
    expect(await shop.send("GET", "/v1/customers/nobody/invoices/draft")).toMatchObject({ status: 404 });
  });
});

describe("a credit note", () => {
  test("of an event lowers what is due, its rest comes off the next invoice, and it has a number and a document", async () => {
    const { id } = await billed();
    const address = `/v1/invoices/${id}/credit-notes`;
    const headers = { "idempotency-key": "note" };
    const body = { events: [{ id: "b" }], reason: "never happened" };
    const made = await shop.send<{ id: string }>("POST", address, body, { headers });
    expect(made).toMatchObject({
      status: 201,
      json: { number: 1, as: "due", exact: "1.004", total: "1.00", carried: "0.004", events: [{ id: "b" }] },
    });
    expect((await shop.send("POST", address, body, { headers })).json).toEqual(made.json);
    expect((await shop.send("GET", `/v1/credit-notes/${made.json.id}`)).json).toEqual(made.json);
    for (const query of ["", "?customer=ann", `?invoice=${id}`])
      expect((await shop.send<Page<object>>("GET", `/v1/credit-notes${query}`)).json.items).toEqual([made.json]);
    const pdf = await shop.send("GET", `/v1/credit-notes/${made.json.id}/pdf`);
    expect(pdf).toMatchObject({ status: 200, headers: { "content-type": "application/pdf" } });
    expect(await balance()).toMatchObject({ due: "1.50", credited: "1.004", carried: "0" });
    world.at("2026-06-11T12:00:00Z");
    await send(charge("c", "2026-06-11T00:00:00Z", "3"));
    expect(await settle("2026-06-11T12:00:00Z")).toMatchObject([{ carriedIn: "0", total: "3.00" }]);
    expect((await shop.send<Page<object>>("GET", "/v1/customers/ann/carry?currency=USD")).json.items).toMatchObject([
      { seal: 1, exact: "2.504", total: "2.50", carriedOut: "0.004" },
      { seal: 2, credited: "0.004", carriedIn: "0", total: "3.00", carriedOut: "0" },
    ]);
    expect((await shop.send<Page<object>>("GET", "/v1/customers/ann/adjustments")).json.items).toEqual([]);
  });

  test.for([
    { body: { whole: true, as: "refund", reason: "r" }, status: 409, code: "nothing_to_refund" },
    { body: { lines: [{ id: "x" }], reason: "r" }, status: 422, code: "unknown_line" },
    { body: { events: [{ id: "x" }], reason: "r" }, status: 422, code: "unknown_event" },
    { body: { lines: [{ id: "line_1", amount: "9" }], reason: "r" }, status: 422, code: "credit_too_large" },
    { body: { lines: [{ id: "line_1", amount: "-1" }], reason: "r" }, status: 422, code: "invalid_request" },
    { body: { whole: true, events: [{ id: "a" }], reason: "r" }, status: 422, code: "invalid_request" },
    { body: { reason: "r" }, status: 422, code: "invalid_request" },
    { body: { whole: true }, status: 422, code: "invalid_request" },
  ])("is refused as $code", async ({ body, status, code }) => {
    const { id } = await billed();
    const answer = await shop.send<Problem>("POST", `/v1/invoices/${id}/credit-notes`, body);
    expect(answer).toMatchObject({ status, json: { code } });
  });

  test("gives back an event once, and nothing of a void invoice", async () => {
    const { id } = await billed();
    const address = `/v1/invoices/${id}/credit-notes`;
    const body = { events: [{ id: "a" }], reason: "r" };
    expect((await shop.send("POST", address, body)).status).toBe(201);
    expect((await shop.send<Problem>("POST", address, body)).json.code).toBe("already_credited");
    expect((await shop.send("POST", `/v1/invoices/${id}/void`, why)).status).toBe(200);
    expect((await shop.send<Problem>("POST", address, { whole: true, reason: "r" })).json.code).toBe(
      "invoice_not_open",
    );
  });
});

describe("a collection policy", () => {
  test("carries a balance until it is asked for", async () => {
    await shop.send("PUT", "/v1/customers/ann", { collect: { atAmount: "3" } });
    await send(charge("a", "2026-06-09T00:00:00Z", "2"));
    expect(await settle("2026-06-10T00:00:00Z")).toMatchObject([{ status: "carried", total: "0.00" }]);
    await send(charge("b", "2026-06-10T11:00:00Z", "2"));
    expect(await settle("2026-06-10T12:00:00Z")).toMatchObject([{ status: "sealed", total: "4.00", carriedIn: "2" }]);
  });
});
