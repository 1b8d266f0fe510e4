import { currency, expectOk, type MerchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { changeWebhook, deleteWebhook, rotateWebhook } from "./change-webhook.ts";
import { createMerchant } from "./create-merchant.ts";
import { createWebhook, type NewWebhook } from "./create-webhook.ts";
import { deliver } from "./deliver.ts";
import { publishMessage } from "./publish-message.ts";
import { getWebhook, getWebhookMessage, listDeliveries, listWebhooks, testWebhook } from "./read-webhooks.ts";
import { replayDeliveries, replayDelivery } from "./replay-deliveries.ts";
import { mostWebhooks, overlapMs } from "./webhook-endpoint.ts";
import { type WebhookWorld, webhookWorld } from "./webhooks.fixture.ts";

const caller = (byte: number) => new Uint8Array(32).fill(byte);
const url = "https://hooks.example.com/farthing";
const day = 86_400_000;

async function setUp() {
  const world = webhookWorld();
  const { merchant } = await createMerchant(world, { name: "Demo", timezone: "UTC", currency: currency("USD") });
  const receivedAt = world.clock.now();
  const create = (body: Partial<NewWebhook> = {}, key?: string, byte = 1) => {
    const once = key === undefined ? undefined : { key, callerSecret: caller(byte) };
    return createWebhook(world, { merchant: merchant.id, receivedAt, once, body: { url, ...body } });
  };
  return { world, merchant: merchant.id, create };
}

const other = async (world: WebhookWorld) =>
  (await createMerchant(world, { name: "Other", timezone: "UTC", currency: currency("USD") })).merchant.id;

async function drain(world: WebhookWorld): Promise<void> {
  for (let one = world.queue.asked.shift(); one !== undefined; one = world.queue.asked.shift())
    if (one.delaySeconds === 0) await deliver(world, one.ref);
}

describe("createWebhook", () => {
  test("shows the secret once, and no list shows it", async () => {
    const { world, merchant, create } = await setUp();
    const made = expectOk(await create({ events: ["invoice.paid"], description: "books" }));
    expect(made).toMatchObject({ url, events: ["invoice.paid"], description: "books", scheme: "v1", enabled: true });
    expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const { secret, ...shown } = made;
    expect(expectOk(await getWebhook(world, { merchant, id: made.id }))).toEqual(shown);
    expect(expectOk(await listWebhooks(world, merchant, { limit: 9 })).items).toEqual([shown]);
  });

  test("of a key pair shows the public key, always, and the private one never", async () => {
    const { world, merchant, create } = await setUp();
    const made = expectOk(await create({ scheme: "v1a" }));
    expect(made).not.toHaveProperty("secret");
    expect(made.publicKey).toMatch(/^whpk_/);
    expect(expectOk(await getWebhook(world, { merchant, id: made.id }))).toEqual(made);
    expect(JSON.stringify(made)).not.toContain("whsk_");
  });

  test("repeats its answer for a repeated request, and for nobody else's", async () => {
    const { create } = await setUp();
    const first = await create({}, "k1");
    expect(await create({}, "k1")).toEqual(first);
    expect(expectOk(await create({}, "k2")).id).not.toBe(expectOk(first).id);
    expect(await create({}, "k1", 2)).toEqual({ ok: false, error: { code: "idempotency_conflict" } });
    expect(expectOk(await create()).secret).not.toBe(expectOk(await create()).secret);
  });

  test("once its secret was rotated, is not answered again", async () => {
    const { world, merchant, create } = await setUp();
    const { id } = expectOk(await create({}, "k1"));
    await rotateWebhook(world, { merchant, id }, { receivedAt: 1 });
    expect(await create({}, "k1")).toEqual({ ok: false, error: { code: "idempotency_conflict" } });
  });

  test("refuses the seventeenth, and a URL before that", async () => {
    const { create } = await setUp();
    for (let made = 0; made < mostWebhooks; made++) expectOk(await create({}, `k${made}`));
    expect(await create()).toEqual({ ok: false, error: { code: "too_many_webhooks" } });
    expect((await create({}, "k3")).ok).toBe(true);
    expect(await create({ url: "https://10.0.0.1/" })).toMatchObject({ error: { code: "invalid_webhook_url" } });
  });
});

describe("listWebhooks", () => {
  test("comes page by page, of one merchant", async () => {
    const { world, merchant, create } = await setUp();
    for (const key of ["a", "b", "c"]) await create({}, key);
    const all = expectOk(await listWebhooks(world, merchant, { limit: 9 })).items;
    const one = expectOk(await listWebhooks(world, merchant, { limit: 2 }));
    expect(one.items).toEqual(all.slice(0, 2));
    const rest = expectOk(await listWebhooks(world, merchant, { limit: 2, after: one.next }));
    expect(rest).toEqual({ items: all.slice(2) });
    expect(expectOk(await listWebhooks(world, await other(world), { limit: 2 }))).toEqual({ items: [] });
  });
});

describe("changeWebhook", () => {
  test("keeps what is left out", async () => {
    const { world, merchant, create } = await setUp();
    const { secret: _, ...made } = expectOk(await create({ events: ["invoice.paid"], description: "books" }));
    const place = { merchant, id: made.id };
    world.clock.move(5);
    const updatedAt = world.clock.now();
    expect(expectOk(await changeWebhook(world, place, {}))).toEqual({ ...made, updatedAt });
    const moved = { url: "https://other.example.com/", description: "Bücher" };
    expect(expectOk(await changeWebhook(world, place, moved))).toEqual({ ...made, ...moved, updatedAt });
    expect(expectOk(await changeWebhook(world, place, { events: null }))).not.toHaveProperty("events");
    const some = expectOk(await changeWebhook(world, place, { events: ["invoice.voided"] }));
    expect(some.events).toEqual(["invoice.voided"]);
  });

  test("disables and enables; another address has not failed yet", async () => {
    const { world, merchant, create } = await setUp();
    const { id } = expectOk(await create());
    const place = { merchant, id };
    const off = expectOk(await changeWebhook(world, place, { enabled: false }));
    expect(off).toMatchObject({ enabled: false, disabledReason: "by_hand", disabledAt: world.clock.now() });
    const on = expectOk(await changeWebhook(world, place, { enabled: true }));
    expect(on).not.toHaveProperty("disabledReason");
    const stored = (await world.endpoints.endpoint(merchant, id)) ?? expect.fail("none");
    await world.endpoints.putEndpoint({ ...stored, failingSince: 5, revision: stored.revision + 1 });
    expect(expectOk(await changeWebhook(world, place, { url }))).toMatchObject({ failingSince: 5 });
    const moved = expectOk(await changeWebhook(world, place, { url: "https://other.example.com/" }));
    expect(moved).not.toHaveProperty("failingSince");
  });

  test("refuses what is no URL, another's webhook, and one that is not there", async () => {
    const { world, merchant, create } = await setUp();
    const { id } = expectOk(await create());
    const refused = await changeWebhook(world, { merchant, id }, { url: "http://example.com/" });
    expect(refused).toMatchObject({ error: { code: "invalid_webhook_url" } });
    const gone = { ok: false, error: { code: "not_found" } };
    expect(await changeWebhook(world, { merchant: await other(world), id }, { url: "http://x/" })).toEqual(gone);
    expect(await changeWebhook(world, { merchant, id: "we_x" }, {})).toEqual(gone);
  });
});

describe("deleteWebhook", () => {
  test("removes it, once, and for its merchant alone", async () => {
    const { world, merchant, create } = await setUp();
    const { id } = expectOk(await create());
    const gone = { ok: false, error: { code: "not_found" } };
    expect(await deleteWebhook(world, { merchant: await other(world), id })).toEqual(gone);
    expect(expectOk(await deleteWebhook(world, { merchant, id }))).toMatchObject({ id, url });
    expect(await deleteWebhook(world, { merchant, id })).toEqual(gone);
    expect(await getWebhook(world, { merchant, id })).toEqual(gone);
  });
});

describe("rotateWebhook", () => {
  test("signs with both secrets for a day, then with the new one", async () => {
    const { world, merchant, create } = await setUp();
    const { id, secret } = expectOk(await create());
    const rotated = expectOk(await rotateWebhook(world, { merchant, id }, { receivedAt: 1 }));
    expect(rotated.secret).not.toBe(secret);
    expect(rotated.oldUntil).toBe(world.clock.now() + overlapMs);
    expect(JSON.stringify(rotated)).not.toContain(secret);
    const signatures = async (key: string) => {
      const cause = { merchant, type: "invoice.paid", key, at: 5, data: {} } as const;
      await publishMessage(world, cause);
      await drain(world);
      return world.sent.at(-1)?.headers["webhook-signature"]?.split(" ").length;
    };
    expect(await signatures("a")).toBe(2);
    world.clock.move(overlapMs - 1);
    expect(await signatures("b")).toBe(2);
    world.clock.move(1);
    expect(await signatures("c")).toBe(1);
  });

  test("with an idempotency key rotates once", async () => {
    const { world, merchant, create } = await setUp();
    const { id } = expectOk(await create({ scheme: "v1a" }));
    const rotate = (key: string) =>
      rotateWebhook(world, { merchant, id }, { receivedAt: 1, once: { key, callerSecret: caller(1) } });
    const first = expectOk(await rotate("r1"));
    expect(expectOk(await rotate("r1"))).toEqual(first);
    const second = expectOk(await rotate("r2"));
    expect(second.publicKey).not.toBe(first.publicKey);
    expect(second.oldPublicKey).toBe(first.publicKey);
    expect(await rotateWebhook(world, { merchant, id: "we_x" }, { receivedAt: 1 })).toMatchObject({
      error: { code: "not_found" },
    });
  });
});

/** A webhook with five messages, a day apart, of which the odd ones failed for good. */
async function withHistory() {
  const { world, merchant, create } = await setUp();
  const { id } = expectOk(await create());
  const start = world.clock.now();
  const messages: string[] = [];
  for (let day0 = 0; day0 < 5; day0++) {
    world.answer(() => ({ statusCode: day0 % 2 === 0 ? 200 : 500 }));
    const message = await publishMessage(world, { merchant, type: "invoice.paid", key: `${day0}`, at: 5, data: {} });
    for (let attempt = 0; attempt < 10; attempt++) {
      await drain(world);
      const { deliveries } = await world.deliveries.deliveries(
        { merchant, endpoint: message?.endpoints[0] ?? id },
        { limit: 1 },
      );
      const [newest] = deliveries;
      if (newest?.status !== "pending") break;
      const due = { ...newest, nextAt: world.clock.now(), revision: newest.revision + 1 };
      await world.deliveries.putDelivery(due);
      await world.queue.askToDeliver(due);
    }
    messages.push(message?.id ?? "none");
    world.clock.move(day);
  }
  world.answer(() => ({ statusCode: 200 }));
  world.sent.length = 0;
  world.queue.asked.length = 0;
  return { world, place: { merchant, id }, start, messages };
}

describe("the delivery log", () => {
  test("comes newest first, of a status or of all, page by page", async () => {
    const { world, place, messages } = await withHistory();
    const list = async (page: Parameters<typeof listDeliveries>[2]) =>
      expectOk(await listDeliveries(world, place, page));
    const all = await list({ limit: 9 });
    expect(all.items.map(({ message }) => message)).toEqual(messages.toReversed());
    expect(all.next).toBeUndefined();
    const failed = await list({ limit: 9, status: "failed" });
    expect(failed.items.map(({ message }) => message)).toEqual([messages[3], messages[1]]);
    const one = await list({ limit: 1, status: "failed" });
    expect(one.items.map(({ message }) => message)).toEqual([messages[3]]);
    const next = await list({ limit: 1, status: "failed", after: one.next });
    expect(next.items.map(({ message }) => message)).toEqual([messages[1]]);
    expect(await listDeliveries(world, { ...place, id: "we_x" }, { limit: 9 })).toMatchObject({ ok: false });
  });

  test("shows a message with its deliveries, to its merchant alone", async () => {
    const { world, place, messages } = await withHistory();
    const shown = expectOk(await getWebhookMessage(world, { merchant: place.merchant, id: messages[1] ?? "" }));
    expect(JSON.parse(shown.body)).toMatchObject({ type: "invoice.paid" });
    expect(shown.deliveries).toMatchObject([{ status: "failed", reason: "exhausted", attemptCount: 10 }]);
    const gone = { ok: false, error: { code: "not_found" } };
    expect(await getWebhookMessage(world, { merchant: await other(world), id: messages[1] ?? "" })).toEqual(gone);
    expect(await getWebhookMessage(world, { merchant: place.merchant, id: "msg_x" })).toEqual(gone);
  });
});

describe("replays", () => {
  test("send one message again under its id", async () => {
    const { world, place, messages } = await withHistory();
    const again = expectOk(await replayDelivery(world, place, messages[1] ?? ""));
    expect(again).toMatchObject({ status: "pending", attemptCount: 10 });
    await drain(world);
    expect(world.sent.map(({ headers }) => headers["webhook-id"])).toEqual([messages[1]]);
    const { items } = expectOk(await listDeliveries(world, place, { limit: 9, status: "delivered" }));
    expect(items).toHaveLength(4);
  });

  test.for([
    { fromDay: 0, toDay: 5, status: undefined, sent: [0, 1, 2, 3, 4] },
    { fromDay: 1, toDay: 3, status: undefined, sent: [1, 2] },
    { fromDay: 0, toDay: 5, status: "failed", sent: [1, 3] },
    { fromDay: 0, toDay: 4, status: "delivered", sent: [0, 2] },
    { fromDay: 6, toDay: 9, status: undefined, sent: [] },
  ] as const)("send days $fromDay to $toDay of status $status again", async ({ fromDay, toDay, status, sent }) => {
    const { world, place, start, messages } = await withHistory();
    const range = { from: start + fromDay * day, to: start + toDay * day, status };
    expect(expectOk(await replayDeliveries(world, place, range))).toEqual({ replayed: sent.length });
    await drain(world);
    const ids = world.sent.map(({ headers }) => headers["webhook-id"]);
    expect(ids).toEqual(sent.map((index) => messages[index]));
  });

  test("leave alone what waits", async () => {
    const { world, place, start, messages } = await withHistory();
    await replayDelivery(world, place, messages[1] ?? "");
    const range = { from: start, to: start + 5 * day, status: "failed" } as const;
    expect(expectOk(await replayDeliveries(world, place, range))).toEqual({ replayed: 1 });
  });

  test("of more than a thousand say where to go on", async () => {
    const { world, place, start } = await withHistory();
    for (let made = 0; made < 1000; made++) {
      world.clock.move(1);
      await publishMessage(world, { merchant: place.merchant, type: "invoice.paid", key: `x${made}`, at: 5, data: {} });
    }
    await drain(world);
    const range = { from: start, to: start + 6 * day };
    const first = expectOk(await replayDeliveries(world, place, range));
    expect(first.replayed).toBe(1000);
    const rest = expectOk(await replayDeliveries(world, place, { ...range, from: first.next ?? 0 }));
    expect(rest).toEqual({ replayed: 5 });
  });

  test("are refused", async () => {
    const { world, place, start, messages } = await withHistory();
    const code = async (asked: Promise<{ readonly ok: boolean; readonly error?: { readonly code: string } }>) =>
      (await asked).error?.code;
    const message = messages[0] ?? "";
    expect(await code(replayDelivery(world, place, "msg_x"))).toBe("not_found");
    expect(await code(replayDelivery(world, place, `msg_${"0".repeat(22)}`))).toBe("not_found");
    expect(await code(replayDelivery(world, { ...place, id: "we_x" }, message))).toBe("not_found");
    const range = async (from: number, to: number) => await code(replayDeliveries(world, place, { from, to }));
    expect(await range(start, start)).toBe("invalid_range");
    expect(await range(start, start + 31 * day + 1)).toBe("invalid_range");
    expect(await range(start, start + 31 * day)).toBeUndefined();
    await changeWebhook(world, place, { enabled: false });
    expect(await code(replayDelivery(world, place, message))).toBe("webhook_disabled");
    expect(await range(start, start + 1)).toBe("webhook_disabled");
    expect(await code(testWebhook(world, place, { receivedAt: 1 }))).toBe("webhook_disabled");
  });
});

describe("testWebhook", () => {
  const testOf = async (merchant: MerchantId, world: WebhookWorld, id: string, key?: string) => {
    const once = key === undefined ? undefined : { key, callerSecret: caller(1) };
    return expectOk(await testWebhook(world, { merchant, id }, { receivedAt: world.clock.now(), once }));
  };

  test("sends one message to this webhook alone, whatever it takes", async () => {
    const { world, merchant, create } = await setUp();
    const { id } = expectOk(await create({ events: ["invoice.paid"] }, "a"));
    await create({}, "b");
    await testOf(merchant, world, id);
    await drain(world);
    expect(world.sent.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: "webhook.test", data: { webhook: id } },
    ]);
    expect((await testOf(merchant, world, id, "k")).id).toBe((await testOf(merchant, world, id, "k")).id);
    await drain(world);
    expect(world.sent).toHaveLength(2);
  });
});
