import { type CrashPoint, crashing, eachCrash, survive } from "@farthing/metering/faults";
import { merchantId } from "@farthing/money";
import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { deliver } from "./deliver.ts";
import { failingMs } from "./endpoint-health.ts";
import { publishMessage, publishMessages } from "./publish-message.ts";
import { wakeDeliveries } from "./wake-deliveries.ts";
import type { DeliveryRef } from "./webhook-delivery.ts";
import type { WebhookEndpoint } from "./webhook-endpoint.ts";
import { type Cause, messageId } from "./webhook-message.ts";
import { type WebhookWorld, webhookFixture, webhookWorld } from "./webhooks.fixture.ts";

const merchant = merchantId("shop");
const cause: Cause = { merchant, type: "invoice.paid", key: "inv_1 1", at: 5, data: { id: "inv_1" } };

async function worldWith(...more: readonly Partial<WebhookEndpoint>[]) {
  const world = webhookWorld();
  const endpoints = more.map((one) => webhookFixture({ merchant, ...one }));
  for (const endpoint of endpoints) await world.endpoints.createEndpoint(endpoint);
  return { world, endpoints };
}

/** Takes every message that waits in the queue, in order, as if its delay were over. */
async function drain(world: WebhookWorld, on: WebhookWorld = world): Promise<readonly string[]> {
  const results: string[] = [];
  for (let one = world.queue.asked.shift(); one !== undefined; one = world.queue.asked.shift()) {
    if (one.delaySeconds > 0) world.clock.move(one.delaySeconds * 1000);
    results.push(await deliver(on, one.ref));
  }
  return results;
}

/** Lets the calendar run and its schedule fire each five minutes. */
async function live(world: WebhookWorld, forMs: number): Promise<void> {
  const end = world.clock.now() + forMs;
  while (world.clock.now() < end) {
    world.clock.move(5 * 60_000);
    await wakeDeliveries(world);
    await drain(world);
  }
}

async function only(world: WebhookWorld, endpoint: WebhookEndpoint | undefined) {
  if (endpoint === undefined) expect.fail("no endpoint");
  const { deliveries } = await world.deliveries.deliveries({ merchant, endpoint: endpoint.id }, { limit: 9 });
  return deliveries;
}

describe("publishMessage", () => {
  test("goes to those who take its type, are enabled, and are the merchant's", async () => {
    const { world, endpoints } = await worldWith(
      {},
      { events: ["invoice.paid"] },
      { events: ["settlement.done"] },
      { enabled: false },
      { merchant: merchantId("other") },
    );
    const message = await publishMessage(world, cause);
    expect(message?.endpoints).toEqual(endpoints.slice(0, 2).map(({ id }) => id));
    expect(await drain(world)).toEqual(["delivered", "delivered"]);
    expect(world.sent.map(({ url }) => url)).toEqual(endpoints.slice(0, 2).map(({ url }) => url));
  });

  test("stores nothing where nobody takes it", async () => {
    const { world } = await worldWith({ events: ["settlement.done"] });
    expect(await publishMessage(world, cause)).toBeUndefined();
    expect(await world.messages.message(merchant, messageId(cause))).toBeUndefined();
  });

  test("told again, by others and later, sends nothing again", async () => {
    const { world } = await worldWith({});
    for (const at of [5, 6]) await publishMessage(world, { ...cause, at });
    await drain(world);
    await publishMessage(world, cause);
    await live(world, 3_600_000);
    expect(world.sent).toHaveLength(1);
  });

  test("tells of many at once, each once", async () => {
    const { world, endpoints } = await worldWith({}, { events: ["settlement.done"] });
    const causes = Array.from({ length: 40 }, (_, index) => ({ ...cause, key: `inv_${index % 35}` }));
    await publishMessages(world, causes);
    await publishMessages(world, []);
    await drain(world);
    expect(world.sent).toHaveLength(35);
    expect(new Set(world.sent.map(({ headers }) => headers["webhook-id"])).size).toBe(35);
    expect(await only(world, endpoints[1])).toEqual([]);
  });

  test("has one id a cause, and another for each other", () => {
    const other = [{ key: "inv_1 2" }, { type: "invoice.voided" as const }, { merchant: merchantId("other") }];
    const ids = [cause, { ...cause, at: 9, data: {} }, ...other.map((more) => ({ ...cause, ...more }))].map(messageId);
    expect(new Set(ids).size).toBe(4);
    expect(ids[0]).toBe(ids[1]);
  });
});

describe("deliver", () => {
  test("sends what the specification asks for", async () => {
    const { world, endpoints } = await worldWith({});
    world.clock.move(Date.now() - world.clock.now());
    await publishMessage(world, cause);
    await drain(world);
    const [request] = world.sent;
    expect(request?.headers).toMatchObject({ "webhook-id": messageId(cause), "content-type": "application/json" });
    const verified = new Webhook(endpoints[0]?.secret ?? "").verify(request?.body ?? "", { ...request?.headers });
    expect(verified).toEqual({ type: "invoice.paid", timestamp: "1970-01-01T00:00:00.005Z", data: { id: "inv_1" } });
  });

  test("fails twice, then succeeds: three attempts of one message", async () => {
    const { world, endpoints } = await worldWith({});
    world.answer(() => ({ statusCode: world.sent.length < 3 ? 503 : 200, response: `answer ${world.sent.length}` }));
    await publishMessage(world, cause);
    expect(await drain(world)).toEqual(["retrying", "retrying", "delivered"]);
    expect(new Set(world.sent.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    const [delivery] = await only(world, endpoints[0]);
    expect(delivery).toMatchObject({ status: "delivered", attemptCount: 3 });
    expect(delivery?.attempts.map(({ statusCode }) => statusCode)).toEqual([503, 503, 200]);
  });

  test("tries ten times over three days, and then no more", async () => {
    const { world, endpoints } = await worldWith({});
    world.answer(() => ({ error: "timed_out" }));
    await publishMessage(world, cause);
    await drain(world);
    await live(world, 5 * 86_400_000);
    const [delivery] = await only(world, endpoints[0]);
    expect(delivery).toMatchObject({ status: "failed", reason: "exhausted", attemptCount: 10 });
    const times = delivery?.attempts.map(({ at }) => at) ?? [];
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(72 * 3_600_000);
  });

  test("a message that comes early or twice sends nothing more", async () => {
    const { world } = await worldWith({});
    world.answer(() => ({ statusCode: 500 }));
    await publishMessage(world, cause);
    const ref: DeliveryRef | undefined = world.queue.asked[0]?.ref;
    if (ref === undefined) expect.fail("nothing was asked for");
    expect(await Promise.all([deliver(world, ref), deliver(world, ref)])).toContain("not_due");
    expect(await deliver(world, ref)).toBe("not_due");
    expect(world.sent).toHaveLength(1);
    expect(await deliver(world, { ...ref, createdAt: 1 })).toBe("not_due");
  });

  test("a lost message is found by the schedule", async () => {
    const { world } = await worldWith({});
    await publishMessage(world, cause);
    world.queue.asked.length = 0;
    await live(world, 10 * 60_000);
    expect(world.sent).toHaveLength(1);
  });

  test.for([
    { name: "a deleted webhook", reason: "deleted" },
    { name: "a disabled webhook", reason: "disabled" },
    { name: "a message that has expired", reason: "expired" },
  ] as const)("is given up for $name", async ({ reason }) => {
    const { world, endpoints } = await worldWith({});
    const endpoint = endpoints[0] ?? expect.fail("none");
    await publishMessage(world, cause);
    if (reason === "deleted") await world.endpoints.removeEndpoint(merchant, endpoint.id);
    if (reason === "disabled") await world.endpoints.putEndpoint({ ...endpoint, enabled: false, revision: 1 });
    const messages = reason === "expired" ? webhookWorld().messages : world.messages;
    expect(await drain(world, { ...world, messages })).toEqual([reason]);
    expect(await only(world, endpoint)).toMatchObject([{ status: "failed", reason, attemptCount: 0 }]);
    expect(world.sent).toEqual([]);
  });

  test("410 disables the webhook, and the others are told", async () => {
    const { world, endpoints } = await worldWith({}, {});
    const [gone, other] = [endpoints[0] ?? expect.fail("none"), endpoints[1] ?? expect.fail("none")];
    world.answer(({ url }) => ({ statusCode: url === gone.url ? 410 : 200 }));
    await publishMessage(world, cause);
    expect(await drain(world)).toEqual(["gone", "delivered", "delivered"]);
    expect(await world.endpoints.endpoint(merchant, gone.id)).toMatchObject({ enabled: false, disabledReason: "gone" });
    const told = world.sent.filter(({ url }) => url === other.url).map(({ body }) => JSON.parse(body));
    expect(told.map(({ type }) => type).sort()).toEqual(["invoice.paid", "webhook.disabled"]);
    expect(told.find(({ type }) => type === "webhook.disabled").data).toEqual({
      webhook: gone.id,
      url: gone.url,
      reason: "gone",
      disabledAt: expect.any(String),
    });
  });

  test("an endpoint that fails for five days is disabled, and one success forgets it all", async () => {
    const { world, endpoints } = await worldWith({});
    const { id } = endpoints[0] ?? expect.fail("none");
    const endpoint = async () => await world.endpoints.endpoint(merchant, id);
    let status = 500;
    world.answer(() => ({ statusCode: status }));
    const publish = async (key: string) => {
      await publishMessage(world, { ...cause, key });
      await deliver(world, world.queue.asked.pop()?.ref ?? expect.fail("not asked"));
    };
    await publish("a");
    expect(await endpoint()).toMatchObject({ failingSince: world.clock.now() });
    world.clock.move(failingMs - 1);
    status = 200;
    await publish("b");
    expect(await endpoint()).not.toHaveProperty("failingSince");
    status = 500;
    await publish("c");
    world.clock.move(failingMs - 1);
    await publish("d");
    expect(await endpoint()).toMatchObject({ enabled: true });
    world.clock.move(1);
    await publish("e");
    expect(await endpoint()).toMatchObject({ enabled: false, disabledReason: "failing" });
  });
});

describe("whatever dies", () => {
  /** Publishes and delivers to an endpoint that fails twice, with a death somewhere, and then everything again. */
  async function run(point?: CrashPoint) {
    const { world } = await worldWith({}, {});
    world.answer(() => ({ statusCode: world.sent.length % 3 === 0 ? 200 : 500 }));
    const { sender, queue, endpoints, messages, deliveries } = world;
    const mortal = crashing({ sender, queue, endpoints, messages, deliveries }, point);
    const stores = { ...world, ...mortal.stores };
    const job = async () => {
      await publishMessage(stores, cause);
      await drain(world, stores);
    };
    if ((await survive(job)) === "crashed") await publishMessage(world, cause);
    await drain(world);
    await live(world, 86_400_000);
    return { world, calls: mortal.calls };
  }

  test("each endpoint gets the message at least once, under one id, and nothing waits", async () => {
    const count = await eachCrash(async (point) => {
      const { world, calls } = await run(point);
      expect(new Set(world.sent.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set([messageId(cause)]));
      for (const endpoint of await world.endpoints.endpoints(merchant)) {
        const all = await only(world, endpoint);
        expect(all.map(({ status }) => status)).toEqual(["delivered"]);
      }
      return { calls };
    });
    expect(count).toBeGreaterThan(20);
  });

  test("a webhook is disabled once, and told of once", async () => {
    await eachCrash(async (point) => {
      const { world, endpoints } = await worldWith({}, { events: ["webhook.disabled"] });
      const gone = endpoints[0] ?? expect.fail("none");
      world.answer(({ url }) => ({ statusCode: url === gone.url ? 410 : 200 }));
      await publishMessage(world, cause);
      const { sender, queue, deliveries, messages } = world;
      const mortal = crashing({ sender, queue, deliveries, messages, endpoints: world.endpoints }, point);
      await survive(async () => await drain(world, { ...world, ...mortal.stores }));
      await live(world, 3_600_000);
      expect(await world.endpoints.endpoint(merchant, gone.id)).toMatchObject({ enabled: false });
      const told = world.sent.filter(({ url }) => url !== gone.url).map(({ headers }) => headers["webhook-id"]);
      expect(new Set(told).size).toBe(1);
      return { calls: mortal.calls };
    });
  });
});
