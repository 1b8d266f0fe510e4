import { merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import {
  type Attempt,
  afterAttempt,
  asked,
  claimed,
  type Delivery,
  givenUp,
  isDue,
  newDelivery,
  queueDelay,
  replayed,
} from "./webhook-delivery.ts";
import { webhookMessage } from "./webhook-message.ts";
import { webhookFixture } from "./webhooks.fixture.ts";

const merchant = merchantId("m");
const now = Date.UTC(2026, 10, 26);
const second = 1000;
const endpoint = webhookFixture({ merchant });
const message = webhookMessage({ merchant, type: "webhook.test", key: "k", at: 5, data: {} }, [endpoint.id], now);
const fresh = newDelivery(message, endpoint.id);
const failed = (at: number): Attempt => ({ at, durationMs: 3, statusCode: 500, response: "no" });

/** Fails so many times in a row, each attempt when it is due. */
function failing(times: number): Delivery {
  let delivery = fresh;
  for (let time = 0; time < times; time++) {
    const at = delivery.nextAt ?? now;
    delivery = afterAttempt(claimed(delivery, at), failed(at), at);
  }
  return delivery;
}

describe("a delivery", () => {
  test.for([
    { inMs: -2001, due: false },
    { inMs: -2000, due: true },
    { inMs: 0, due: true },
    { inMs: 1e9, due: true },
  ])("is due $inMs ms after its time: $due", ({ inMs, due }) => {
    expect(isDue(fresh, now + inMs)).toBe(due);
  });

  test("that is claimed is nobody else's for a minute", () => {
    const taken = claimed(fresh, now);
    expect([isDue(taken, now), isDue(taken, now + 57 * second), isDue(taken, now + 60 * second)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test.for([200, 204, 299])("ends with %i", (statusCode) => {
    const done = afterAttempt(claimed(fresh, now), { at: now, durationMs: 3, statusCode }, now);
    expect(done).toMatchObject({ status: "delivered", attemptCount: 1, attempts: [{ statusCode }] });
    expect(done).not.toHaveProperty("nextAt");
    expect(done).not.toHaveProperty("wakeAt");
    expect(isDue(done, now + 1e9)).toBe(false);
  });

  test.for<Omit<Attempt, "at" | "durationMs">>([
    { statusCode: 199 },
    { statusCode: 300, error: "redirected" },
    { statusCode: 404 },
    { statusCode: 500 },
    { error: "timed_out" },
    { error: "address_refused" },
  ])("waits after %j", (answer) => {
    const next = afterAttempt(claimed(fresh, now), { at: now, durationMs: 3, ...answer }, now);
    expect(next).toMatchObject({ status: "pending", round: 1 });
    expect(Number(next.nextAt) - now).toBeGreaterThanOrEqual(5 * second);
  });

  test("is given up at once by 410, and after ten attempts over three days", () => {
    const gone = afterAttempt(claimed(fresh, now), { at: now, durationMs: 3, statusCode: 410 }, now);
    expect(gone).toMatchObject({ status: "failed", reason: "gone" });
    expect(failing(9)).toMatchObject({ status: "pending", attemptCount: 9 });
    const last = failing(10);
    expect(last).toMatchObject({ status: "failed", reason: "exhausted", attemptCount: 10 });
    expect(Number(last.attempts.at(-1)?.at) - now).toBeGreaterThan(72 * 3600 * second);
  });

  test("keeps the answer of its last attempt, and 20 attempts", () => {
    let delivery = fresh;
    for (let time = 0; time < 3; time++) {
      delivery = replayed(delivery, now);
      for (let attempt = 0; attempt < 10; attempt++)
        delivery = afterAttempt(claimed(delivery, now), failed(attempt), now);
    }
    expect(delivery).toMatchObject({ attemptCount: 30, status: "failed" });
    expect(delivery.attempts).toHaveLength(20);
    expect(delivery.attempts.filter(({ response }) => response !== undefined)).toEqual([failed(9)]);
  });

  test("is woken by the queue up to 15 minutes ahead, and by the schedule later or should that fail", () => {
    expect(queueDelay(fresh, now)).toBe(0);
    expect(fresh.wakeAt).toBe(now + 120 * second);
    const [soon, later] = [failing(2), failing(3)];
    const at = Number(soon.attempts.at(-1)?.at);
    expect(queueDelay(soon, at)).toBeGreaterThanOrEqual(300);
    expect(soon.wakeAt).toBe(Number(soon.nextAt) + 120 * second);
    expect(queueDelay(later, Number(later.attempts.at(-1)?.at))).toBeUndefined();
    expect(later.wakeAt).toBe(later.nextAt);
    expect(queueDelay(givenUp(fresh, "deleted"), now)).toBeUndefined();
  });

  test("that was asked for again stays due, and is looked after later", () => {
    const again = asked(fresh, now + 1);
    expect(again).toEqual({ ...fresh, revision: 1, wakeAt: now + 1 + 600 * second });
  });

  test("replayed begins anew, with its attempts still told", () => {
    const again = replayed(failing(10), now + 5);
    expect(again).toMatchObject({ status: "pending", round: 0, attemptCount: 10, nextAt: now + 5 });
    expect(again).not.toHaveProperty("reason");
  });
});
