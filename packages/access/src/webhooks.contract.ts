import { merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { WebhookMemory } from "./memory-webhooks.ts";
import {
  type Attempt,
  afterAttempt,
  asked,
  claimed,
  type Delivery,
  newDelivery,
  wakeBucketOf,
} from "./webhook-delivery.ts";
import { type Cause, webhookMessage } from "./webhook-message.ts";
import { webhookFixture } from "./webhooks.fixture.ts";

const at = Date.UTC(2026, 10, 26);
let tests = 0;
const fresh = () => merchantId(`Hooks-${++tests}`);

/** What every store of webhooks does; merchants are fresh in each test, so that one table serves all. */
export function webhooksContract(name: string, open: () => WebhookMemory): void {
  describe(`${name}: webhooks`, () => endpointsContract(open));
  describe(`${name}: messages`, () => messagesContract(open));
  describe(`${name}: deliveries`, () => deliveriesContract(open));
  describe(`${name}: lists of deliveries`, () => listsContract(open));
}

function endpointsContract(open: () => WebhookMemory): void {
  test("are created once, and found by their merchant alone", async () => {
    const { endpoints } = open();
    const [merchant, other] = [fresh(), fresh()];
    const events = ["invoice.paid", "settlement.done"] as const;
    const made = webhookFixture({ merchant, events, description: "가나", oldSecret: "whsec_x", oldUntil: 7 });
    expect(await endpoints.createEndpoint(made)).toBe("created");
    expect(await endpoints.createEndpoint({ ...made, url: "https://other.example/" })).toBe("exists");
    expect(await endpoints.endpoint(merchant, made.id)).toEqual(made);
    expect(await endpoints.endpoint(other, made.id)).toBeUndefined();
  });

  test("are listed oldest first, and removed", async () => {
    const { endpoints } = open();
    const merchant = fresh();
    const [one, two] = [webhookFixture({ merchant }), webhookFixture({ merchant })];
    for (const made of [two, one]) await endpoints.createEndpoint(made);
    expect(await endpoints.endpoints(merchant)).toEqual([one, two]);
    await endpoints.removeEndpoint(merchant, one.id);
    await endpoints.removeEndpoint(merchant, one.id);
    expect(await endpoints.endpoints(merchant)).toEqual([two]);
    expect(await endpoints.endpoints(fresh())).toEqual([]);
  });

  test("change over the revision before alone, and forget what is left out", async () => {
    const { endpoints } = open();
    const made = webhookFixture({ merchant: fresh(), failingSince: 5 });
    const { failingSince: _since, ...well } = { ...made, revision: 1 };
    expect(await endpoints.putEndpoint(well)).toBe("stale");
    await endpoints.createEndpoint(made);
    const results = await Promise.all([endpoints.putEndpoint(well), endpoints.putEndpoint(well)]);
    expect(results.sort()).toEqual(["stale", "stored"]);
    expect(await endpoints.endpoint(made.merchant, made.id)).toEqual(well);
    await endpoints.removeEndpoint(made.merchant, made.id);
    expect(await endpoints.putEndpoint({ ...well, revision: 2 })).toBe("stale");
  });
}

function causeOf(merchant = fresh(), more: Partial<Cause> = {}): Cause {
  return { merchant, type: "invoice.paid", key: "inv_1 2", at, data: { id: "inv_1", text: "가 \u{1f600}" }, ...more };
}

function messagesContract(open: () => WebhookMemory): void {
  test("are created once: the first stays, whoever comes later", async () => {
    const { messages } = open();
    const cause = causeOf();
    const endpoint = webhookFixture({ merchant: cause.merchant });
    const first = webhookMessage(cause, [endpoint.id], at);
    const later = webhookMessage({ ...cause, data: {} }, [], at + 5);
    expect(await messages.message(cause.merchant, first.id)).toBeUndefined();
    expect(await messages.createMessage(first)).toEqual(first);
    expect(await messages.createMessage(later)).toEqual(first);
    expect(await messages.message(cause.merchant, first.id)).toEqual(first);
    expect(await messages.message(fresh(), first.id)).toBeUndefined();
  });

  test("of two at once are one", async () => {
    const { messages } = open();
    const cause = causeOf();
    const each = [1, 2, 3].map((n) => messages.createMessage(webhookMessage({ ...cause, at: at + n }, [], at)));
    expect(new Set((await Promise.all(each)).map(({ body }) => body)).size).toBe(1);
  });
}

/** Deliveries of one webhook, a second apart. */
function deliveriesOf(merchant: Delivery["merchant"], count: number): readonly Delivery[] {
  const endpoint = webhookFixture({ merchant });
  return Array.from({ length: count }, (_, index) =>
    newDelivery(webhookMessage(causeOf(merchant, { key: `${index}` }), [endpoint.id], at + index * 1000), endpoint.id),
  );
}

const first = <T>(all: readonly T[]): T => all[0] ?? expect.fail("none");
const attempt: Attempt = { at, durationMs: 12, statusCode: 200, response: "taken 가" };

function deliveriesContract(open: () => WebhookMemory): void {
  test("are created once, and found", async () => {
    const { deliveries } = open();
    const made = first(deliveriesOf(fresh(), 1));
    expect(await deliveries.delivery(made)).toBeUndefined();
    expect(await deliveries.createDelivery(made)).toBe("created");
    expect(await deliveries.createDelivery({ ...made, round: 3 })).toBe("exists");
    expect(await deliveries.delivery(made)).toEqual(made);
    expect(await deliveries.delivery({ ...made, merchant: fresh() })).toBeUndefined();
  });

  test("are claimed by one of two", async () => {
    const { deliveries } = open();
    const made = first(deliveriesOf(fresh(), 1));
    await deliveries.createDelivery(made);
    const taken = claimed(made, at);
    const both = await Promise.all([deliveries.putDelivery(taken), deliveries.putDelivery(taken)]);
    expect(both.sort()).toEqual(["stale", "stored"]);
    expect(await deliveries.delivery(made)).toEqual(taken);
  });

  test("wait in their bucket until they are done", async () => {
    const { deliveries } = open();
    const made = first(deliveriesOf(fresh(), 1));
    const bucket = wakeBucketOf(made);
    const waits = async (by: number) =>
      (await deliveries.toWake(bucket, by, 1000)).filter(({ merchant }) => merchant === made.merchant);
    await deliveries.createDelivery(made);
    expect(await waits((made.wakeAt ?? 0) - 1)).toEqual([]);
    expect(await waits(made.wakeAt ?? 0)).toEqual([made]);
    const later = asked(made, at);
    await deliveries.putDelivery(later);
    expect(await waits(later.wakeAt ?? 0)).toEqual([later]);
    expect(await waits((later.wakeAt ?? 0) - 1)).toEqual([]);
    const done = afterAttempt(claimed(later, at), attempt, at);
    await deliveries.putDelivery({ ...done, revision: later.revision + 1 });
    expect(await waits(Number.MAX_SAFE_INTEGER / 16)).toEqual([]);
    expect(await deliveries.delivery(made)).toEqual({ ...done, revision: later.revision + 1 });
  });
}

function listsContract(open: () => WebhookMemory): void {
  test("come newest first, page by page", async () => {
    const { deliveries } = open();
    const made = deliveriesOf(fresh(), 5);
    for (const one of made) await deliveries.createDelivery(one);
    const newestFirst = made.toReversed();
    const one = await deliveries.deliveries(first(made), { limit: 2 });
    expect(one.deliveries).toEqual(newestFirst.slice(0, 2));
    const two = await deliveries.deliveries(first(made), { limit: 3, after: one.next });
    expect(two).toEqual({ deliveries: newestFirst.slice(2) });
    expect(await deliveries.deliveries(first(deliveriesOf(fresh(), 1)), { limit: 2 })).toEqual({ deliveries: [] });
  });

  test.for([
    { from: 0, to: 5000, found: [0, 1, 2, 3, 4] },
    { from: 1000, to: 3000, found: [1, 2] },
    { from: 1001, to: 3001, found: [2, 3] },
    { from: 4001, to: 9000, found: [] },
  ])("of a range from $from to before $to are $found", async ({ from, to, found }) => {
    const { deliveries } = open();
    const made = deliveriesOf(fresh(), 5);
    for (const one of made) await deliveries.createDelivery(one);
    const range = { from: at + from, to: at + to, limit: 10 };
    expect(await deliveries.deliveriesBetween(first(made), range)).toEqual(found.map((index) => made[index]));
    const few = await deliveries.deliveriesBetween(first(made), { ...range, limit: 1 });
    expect(few).toEqual(found.slice(0, 1).map((index) => made[index]));
  });
}
