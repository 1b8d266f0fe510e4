import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StripeHttp, startStripe } from "@farthing/local/stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { ApiWorld, type Problem, type Shop } from "./api-world.ts";

const start = "2026-06-10T12:00:00Z";
const secrets = ["whsec_old", "whsec_new"];
const mail = mkdtempSync(join(tmpdir(), "farthing-mail-"));

interface Collection {
  readonly status: string;
  readonly amount: string;
  readonly received?: { readonly amount: string; readonly fee: string };
}

let world: ApiWorld;
let shop: Shop;
let stripe: StripeHttp;

beforeAll(async () => {
  world = await ApiWorld.open(inject("dynamoEndpoint"), start);
  stripe = await startStripe({ everyMs: 3_600_000 });
  Object.assign(process.env, {
    STRIPE_SECRET_KEY: "sk_test_api",
    STRIPE_API_URL: stripe.url,
    STRIPE_WEBHOOK_SECRETS: "whsec_new",
    FARTHING_MAIL_FOLDER: mail,
  });
});
afterAll(async () => {
  await stripe.stop();
  await world[Symbol.asyncDispose]();
  rmSync(mail, { recursive: true, force: true });
});
beforeEach(async () => {
  world.at(start);
  shop = await world.shop();
  const collection = { retryDays: [1, 3], writeOffDays: 30 };
  expect(await shop.send("PUT", "/v1/merchant", { collection })).toMatchObject({ status: 200, json: { collection } });
});

/** Charges a customer, settles, and does what that asks for; answers the invoice's id. */
async function bill(amount: string, metadata: object = {}): Promise<string> {
  await shop.send("PUT", "/v1/customers/ann", { email: "ann@example.com", language: "ko", metadata });
  const event = { id: "e1", type: "charge", customer: "ann", time: start, data: { amount, currency: "USD" } };
  expect(await shop.send("POST", "/v1/events", event)).toMatchObject({ status: 202 });
  world.at(Date.parse(start) + 3_600_000);
  await shop.send("POST", "/v1/settlements", { through: new Date(Date.parse(start) + 3_000_000).toISOString() });
  await world.drain(2);
  return "inv_ann_1_USD";
}

async function stripeCustomer(card: string): Promise<string> {
  const ask = async (path: string, body: string): Promise<{ readonly id: string }> => {
    const headers = { authorization: "Bearer sk_test_api" };
    return Object(await (await fetch(`${stripe.url}${path}`, { method: "POST", headers, body })).json());
  };
  const { id } = await ask("/v1/customers", "");
  await ask(`/v1/payment_methods/${card}/attach`, `customer=${id}`);
  return id;
}

const collectionOf = async (id: string) => (await shop.send<Collection>("GET", `/v1/invoices/${id}/collection`)).json;

/** Posts what Stripe has to tell, as it tells it. */
async function tell(by = secrets) {
  const answers: number[] = [];
  stripe.stripe.deliveries.point({ url: "http://x/{merchant}", secrets: by });
  await stripe.stripe.deliveries.deliver(async ({ body, signature, url }) => {
    if (!url.endsWith(`/${shop.id}`)) return true;
    const headers = { "stripe-signature": signature, "content-type": "application/json" };
    const address = `/v1/stripe/webhooks/${shop.id}`;
    answers.push((await shop.send("POST", address, body, { key: undefined, headers })).status);
    return true;
  });
  return answers;
}

describe("an invoice that is settled", () => {
  test("is collected, and its books, letters and reconciliation say so", async () => {
    const id = await bill("20.00", { stripeCustomer: await stripeCustomer("pm_card_visa") });
    expect(await collectionOf(id)).toMatchObject({ status: "paid", received: { amount: "20.00", fee: "0.88" } });
    const invoice = await shop.send("GET", `/v1/invoices/${id}`);
    expect(invoice.json).toMatchObject({ status: "paid", due: "0.00", history: [{}, { event: "collected" }] });
    const letters = readdirSync(mail).filter((name) => name.startsWith(shop.id));
    expect(letters).toHaveLength(1);
    expect(readFileSync(join(mail, letters[0] ?? ""), "utf8")).toContain("20.00 USD");
    expect((await shop.send<Problem>("GET", "/v1/reports/collection")).json.code).toBe("not_found");
    world.at(Date.parse(start) + 24 * 3_600_000);
    await world.fire("billing/plan-reconciliations");
    const totals = [{ currency: "USD", ours: "20", theirs: "20", ourFees: "0.88", theirFees: "0.88" }];
    const report = await shop.send("GET", "/v1/reports/collection");
    expect(report.json).toMatchObject({ movements: 1, totals, mended: [], unmatched: [] });
    const other = await world.shop();
    expect((await other.send("GET", `/v1/invoices/${id}/collection`)).status).toBe(404);
  });

  test("without a card is paid by the page that the letter leads to, and the webhook that tells of it", async () => {
    const id = await bill("20.00");
    expect(await collectionOf(id)).toMatchObject({ status: "declined" });
    const listed = await shop.send("GET", "/v1/collections?status=declined");
    expect(listed.json).toMatchObject({ items: [{ invoice: id, attempts: [{ outcome: "no_method" }] }] });
    const letter = readFileSync(join(mail, readdirSync(mail).find((name) => name.startsWith(shop.id)) ?? ""), "utf8");
    const link = /https:\/\/api\.example(\/v1\/pay\/\S+)/.exec(letter)?.[1] ?? "";
    const led = await shop.send("GET", link, undefined, { key: undefined });
    expect(led).toMatchObject({ status: 303, headers: { location: expect.stringContaining(`${stripe.url}/pay/`) } });
    const session = new URL(led.headers.location ?? "").pathname.split("/").at(-1) ?? "";
    stripe.stripe.complete(session, "pm_card_visa");
    expect(new Set(await tell())).toEqual(new Set([200]));
    expect(await collectionOf(id)).toMatchObject({ status: "paid" });
    expect((await shop.send<Problem>("GET", link, undefined, { key: undefined })).json.code).toBe("not_collected");
  });

  test("is tried again by the schedule", async () => {
    const id = await bill("20.00", { stripeCustomer: await stripeCustomer("pm_card_chargeCustomerFail") });
    for (const days of [1.1, 3.1]) {
      world.at(Date.parse(start) + days * 24 * 3_600_000);
      await world.fire("billing/plan-collections");
    }
    expect(await collectionOf(id)).toMatchObject({ status: "past_due" });
    expect((await shop.send("GET", `/v1/invoices/${id}`)).json).toMatchObject({ status: "past_due" });
    world.at(Date.parse(start) + 40 * 24 * 3_600_000);
    await world.fire("billing/plan-collections");
    expect(await collectionOf(id)).toMatchObject({ status: "written_off" });
    expect((await shop.send("GET", `/v1/invoices/${id}`)).json).toMatchObject({ status: "uncollectible" });
  });
});

describe("what has no API key", () => {
  test.for([
    { what: "no signature", headers: {}, code: "invalid_signature" },
    { what: "a forged signature", headers: { "stripe-signature": "t=1,v1=ab" }, code: "invalid_signature" },
    { what: "another content type", headers: { "content-type": "text/plain" }, code: "unsupported_media_type" },
  ])("a webhook with $what is refused as $code", async ({ headers, code }) => {
    const more = { key: undefined, headers: { "content-type": "application/json", ...headers } };
    const answer = await shop.send<Problem>("POST", `/v1/stripe/webhooks/${shop.id}`, { id: "evt_1" }, more);
    expect(answer.json.code).toBe(code);
  });

  test("a link that is not ours leads nowhere", async () => {
    expect((await shop.send<Problem>("GET", "/v1/pay/a.b", undefined, { key: undefined })).json.code).toBe("not_found");
  });

  test.for([{ retryDays: [3, 1] }, { retryDays: [0] }, { writeOffDays: 0 }, { account: "x" }, { other: 1 }])(
    "%j is no way to collect",
    async (wrong) => {
      const collection = { retryDays: [1], writeOffDays: 30, ...wrong };
      const answer = await shop.send<Problem>("PUT", "/v1/merchant", { collection });
      expect(answer.json.code).toBe("invalid_request");
    },
  );
});
