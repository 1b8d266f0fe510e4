import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openStripe, type StripeServer } from "./server.ts";

const dir = mkdtempSync(join(tmpdir(), "stripe-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

let now = Date.UTC(2026, 10, 26);
const clock = { now: () => now };
const day = 24 * 3_600_000;

function asks(stripe: StripeServer) {
  return (method: string, path: string, body = "", idempotencyKey?: string) => {
    const query = method === "GET" ? body : "";
    const authorization = "Bearer sk_test_x";
    const outcome = stripe.handle({ method, path, query, body, authorization, idempotencyKey });
    return outcome.kind === "answer" ? outcome : { ...outcome, status: 0, body: {}, headers: {} };
  };
}

function shop(file?: string) {
  const stripe = openStripe(file === undefined ? { clock } : { clock, file });
  const ask = asks(stripe);
  const customer = String(Object(ask("POST", "/v1/customers").body).id);
  const save = (token: string) =>
    Object(ask("POST", `/v1/payment_methods/${token}/attach`, `customer=${customer}`).body).id;
  const pay = (more = "") =>
    Object(ask("POST", "/v1/payment_intents", `amount=500&currency=usd&customer=${customer}${more}`).body).id;
  return { stripe, ask, customer, save, pay };
}

const errorOf = ({ body }: { body: unknown }) => Object(Object(body).error);

describe("requests", () => {
  const { ask, customer, pay } = shop();
  test.for([
    { path: "/v1/payment_intents", body: `amount=49&currency=usd&customer=${customer}`, code: "amount_too_small" },
    {
      path: "/v1/payment_intents",
      body: `amount=1.5&currency=usd&customer=${customer}`,
      code: "parameter_invalid_integer",
    },
    {
      path: "/v1/payment_intents",
      body: `amount=100000000&currency=usd&customer=${customer}`,
      code: "amount_too_large",
    },
    { path: "/v1/payment_intents", body: "amount=500&currency=usd&customer=cus_x", code: "resource_missing" },
    { path: "/v1/payment_intents/pi_x/confirm", body: "", code: "resource_missing" },
    { path: "/v1/refunds", body: `payment_intent=${pay()}`, code: undefined },
    { path: "/v1/payment_intents", body: `amount=1235&currency=kwd&customer=${customer}`, code: undefined },
    { path: "/v1/payment_intents", body: `amount=550&currency=isk&customer=${customer}`, code: undefined },
  ])("of $path with $body are refused", ({ path, body, code }) => {
    const answer = ask("POST", path, body);
    expect([400, 404]).toContain(answer.status);
    expect(errorOf(answer)).toMatchObject({ type: "invalid_request_error", ...(code === undefined ? {} : { code }) });
  });

  test("without a key, or for what is not there, are refused", () => {
    const request = { method: "GET", path: "/v1/events", query: "", body: "", idempotencyKey: undefined };
    expect(openStripe({ clock }).handle({ ...request, authorization: undefined })).toMatchObject({ status: 401 });
    expect(ask("GET", "/v1/nothing").status).toBe(404);
  });

  test("take metadata within its limits", () => {
    const many = Array.from({ length: 51 }, (_, at) => `&metadata[k${at}]=v`).join("");
    const open = (more: string) =>
      ask("POST", "/v1/payment_intents", `amount=500&currency=usd&customer=${customer}${more}`);
    expect(open(many).status).toBe(400);
    expect(open(`&metadata[a]=${"x".repeat(501)}`).status).toBe(400);
    expect(Object(open(`&metadata[a]=${"x".repeat(500)}`).body).metadata.a).toHaveLength(500);
  });
});

describe("a payment", () => {
  test("is taken once, whatever is asked after that", () => {
    const { stripe, ask, save, pay } = shop();
    const [card, id] = [save("pm_card_visa"), pay()];
    expect(ask("POST", `/v1/payment_intents/${id}/confirm`, `payment_method=${card}`).status).toBe(200);
    const again = ask("POST", `/v1/payment_intents/${id}/confirm`, `payment_method=${card}`);
    expect(errorOf(again).code).toBe("payment_intent_unexpected_state");
    expect(stripe.shelves.all("movement")).toMatchObject([{ amount: 500, fee: 45, currency: "usd" }]);
  });

  test("that is declined stays open, and is closed for good", () => {
    const { ask, save, pay } = shop();
    const [bad, good, id] = [save("pm_card_chargeCustomerFail"), save("pm_card_visa"), pay()];
    const answer = ask("POST", `/v1/payment_intents/${id}/confirm`, `payment_method=${bad}`);
    expect(answer.status).toBe(402);
    expect(errorOf(answer)).toMatchObject({
      code: "card_declined",
      payment_intent: { id, status: "requires_payment_method" },
    });
    expect(Object(ask("POST", `/v1/payment_intents/${id}/cancel`).body).status).toBe("canceled");
    expect(ask("POST", `/v1/payment_intents/${id}/confirm`, `payment_method=${good}`).status).toBe(400);
  });

  test("is given back up to what was taken", () => {
    const { ask, save, pay } = shop();
    const [card, id] = [save("pm_card_visa"), pay()];
    ask("POST", `/v1/payment_intents/${id}/confirm`, `payment_method=${card}`);
    const refund = (amount: number) => ask("POST", "/v1/refunds", `payment_intent=${id}&amount=${amount}`);
    expect([refund(300).status, refund(201).status, refund(200).status]).toEqual([200, 400, 200]);
    expect(errorOf(refund(1)).code).toBe("charge_already_refunded");
  });
});

describe("idempotency keys", () => {
  test("replay for a day, refuse other content, and are forgotten then", () => {
    const { stripe, ask } = shop();
    const first = ask("POST", "/v1/customers", "name=a", "k1");
    const again = ask("POST", "/v1/customers", "name=a", "k1");
    expect(again.body).toEqual(first.body);
    expect(again.headers).toMatchObject({ "idempotent-replayed": "true" });
    expect(errorOf(ask("POST", "/v1/customers", "name=b", "k1")).type).toBe("idempotency_error");
    now += day;
    expect(Object(ask("POST", "/v1/customers", "name=b", "k1").body).name).toBe("b");
    expect(stripe.shelves.all("customer").filter(({ name }) => name !== null)).toHaveLength(2);
  });

  test("replay a failure of the server, too", () => {
    const { stripe, ask } = shop();
    stripe.script.add([{ on: "customers.create", fault: "error_500", times: 1 }]);
    expect([ask("POST", "/v1/customers", "", "k").status, ask("POST", "/v1/customers", "", "k").status]).toEqual([
      500, 500,
    ]);
    expect(ask("POST", "/v1/customers", "", "other").status).toBe(200);
  });
});

describe("a script", () => {
  test.for([
    { fault: "closed", kind: "closed", acted: 0 },
    { fault: "closed_after", kind: "closed", acted: 1 },
    { fault: "timeout_after", kind: "silent", acted: 1 },
    { fault: "rate_limited", kind: "answer", acted: 0 },
    { fault: "error_500", kind: "answer", acted: 0 },
    { fault: "error_500_after", kind: "answer", acted: 1 },
    { fault: "late", kind: "closed", acted: 0 },
  ] as const)("makes a request end in $fault", ({ fault, kind, acted }) => {
    const { stripe, ask } = shop();
    stripe.script.add([{ on: "customers.create", fault, times: 1 }]);
    expect(ask("POST", "/v1/customers").kind).toBe(kind);
    expect(stripe.shelves.all("customer").length - 1).toBe(acted);
    stripe.actLate();
    expect(stripe.shelves.all("customer").length - 1).toBe(fault === "late" ? 1 : acted);
    expect(ask("POST", "/v1/customers").status).toBe(200);
  });

  test.for([
    { hours: 2, refunds: 1 },
    { hours: 3, refunds: 0 },
  ])("lets a late refund act within two hours: $hours", ({ hours, refunds }) => {
    const { stripe, ask, save, pay } = shop();
    const [card, id] = [save("pm_card_visa"), pay()];
    ask("POST", `/v1/payment_intents/${id}/confirm`, `payment_method=${card}`);
    stripe.script.add([{ on: "refunds.create", fault: "late", times: 1 }]);
    expect(ask("POST", "/v1/refunds", `payment_intent=${id}&amount=100`).kind).toBe("closed");
    now += hours * 3_600_000;
    stripe.actLate();
    expect(stripe.shelves.all("refund")).toHaveLength(refunds);
  });

  test("declines a card that works", () => {
    const { stripe, ask, save, pay } = shop();
    const [card, id] = [save("pm_card_visa"), pay()];
    stripe.script.add([{ on: "payment_intents.confirm", fault: "decline", times: 1 }]);
    const confirm = () => ask("POST", `/v1/payment_intents/${id}/confirm`, `payment_method=${card}`).status;
    expect([confirm(), confirm()]).toEqual([402, 200]);
  });

  test.for([
    { fault: "twice", after: 0, times: 2 },
    { fault: "never", after: 30 * day, times: 0 },
    { fault: "late", after: day, times: 0 },
    { fault: "late", after: 3 * day, times: 1 },
  ] as const)("sends a webhook $fault", async ({ fault, after, times }) => {
    const { stripe, ask } = shop();
    await stripe.deliveries.deliver(async () => true);
    stripe.deliveries.point({ url: "http://x.example", secrets: ["a", "b"] });
    await stripe.deliveries.deliver(async () => true);
    stripe.script.add([{ webhook: "customer.created", fault, times: 1 }]);
    ask("POST", "/v1/customers");
    now += after;
    const seen: string[] = [];
    await stripe.deliveries.deliver(async ({ signature }) => seen.push(signature) > 0);
    expect(seen).toHaveLength(times);
    for (const signature of seen) expect(signature).toMatch(/^t=\d+,v1=[0-9a-f]{64},v1=[0-9a-f]{64}$/);
  });

  test("sends again what was not received", async () => {
    const { stripe } = shop();
    stripe.deliveries.point({ url: "http://x.example", secrets: ["a"] });
    await stripe.deliveries.deliver(async () => false);
    expect(stripe.deliveries.waiting()).toBe(1);
    now += 5000;
    await stripe.deliveries.deliver(async () => true);
    expect(stripe.deliveries.waiting()).toBe(0);
  });
});

test("lists go page by page, newest first, and by time", () => {
  const { ask, customer } = shop();
  for (let at = 0; at < 7; at++) {
    now += 1000;
    ask("POST", "/v1/payment_intents", `amount=${500 + at}&currency=usd&customer=${customer}`);
  }
  const amounts: number[] = [];
  let after = "";
  for (let more = true; more; ) {
    const page = Object(ask("GET", "/v1/payment_intents", `limit=3${after}`).body);
    amounts.push(...page.data.map(({ amount }: { amount: number }) => amount));
    after = `&starting_after=${page.data.at(-1).id}`;
    more = page.has_more;
  }
  expect(amounts).toEqual([506, 505, 504, 503, 502, 501, 500]);
  const since = Math.floor(now / 1000) - 1;
  expect(Object(ask("GET", "/v1/payment_intents", `created[gte]=${since}`).body).data).toHaveLength(2);
  expect(ask("GET", "/v1/payment_intents", "limit=101").status).toBe(400);
});

test("what was answered is there after a restart, without half a line", async () => {
  const file = join(dir, "objects.ndjson");
  const { ask, pay, save } = shop(file);
  const [card, id] = [save("pm_card_visa"), pay()];
  ask("POST", `/v1/payment_intents/${id}/confirm`, `payment_method=${card}`, "k");
  (await import("node:fs")).appendFileSync(file, '["payment",{"id":');
  const next = openStripe({ clock, file });
  expect(next.shelves.all("movement")).toHaveLength(1);
  const again = asks(next)("POST", `/v1/payment_intents/${id}/confirm`, `payment_method=${card}`, "k");
  expect(again.headers).toMatchObject({ "idempotent-replayed": "true" });
});
