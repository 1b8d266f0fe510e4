import { customerId, decimal, expectOk, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { createGrant, type GrantBody } from "./create-grant.ts";
import { memoryGrants } from "./memory.ts";
import { getGrant, listGrantEntries, listGrants } from "./read-grants.ts";

const now = Date.UTC(2026, 2, 2);
const [merchant, ann] = [merchantId("shop"), customerId("ann")];
const holder = { merchant, customer: ann };
const five = { amount: decimal("5"), currency: "USD" };

function world() {
  let ids = 0;
  const drawings = { statesOf: async () => new Map(), stepsOf: async () => [] };
  return {
    grants: memoryGrants(),
    drawings,
    holders: {
      exists: async ({ customer }: typeof holder) => customer === ann,
      hasMeter: async (_: unknown, key: string) => key === "tokens",
    },
    ids: { unique: () => `id${++ids}` },
    clock: { now: () => now },
  };
}

const make = (
  stores: ReturnType<typeof world>,
  body: GrantBody,
  more: { once?: { key: string }; customer?: string } = {},
) =>
  createGrant(stores, {
    merchant,
    customer: customerId(more.customer ?? "ann"),
    body,
    receivedAt: now,
    once: more.once,
  });

describe("createGrant", () => {
  test("grants an amount with what it leaves out filled in", async () => {
    expect(expectOk(await make(world(), five))).toEqual({
      id: "gr_id1",
      customer: "ann",
      amount: "5",
      currency: "USD",
      priority: 50,
      startsAt: "2026-03-02T00:00:00.000Z",
      status: "standing",
      remaining: "5",
      createdAt: "2026-03-02T00:00:00.000Z",
    });
  });

  test("grants units with all that can be said of them", async () => {
    const times = { startsAt: now - 5, expiresAt: now + 1, rollOver: { maximum: decimal("2"), until: now + 2 } };
    const body = {
      units: decimal("7.5"),
      meter: "tokens",
      name: "Start",
      priority: 0,
      scope: { plans: ["pro"] },
      ...times,
    };
    expect(expectOk(await make(world(), body))).toMatchObject({
      units: "7.5",
      meter: "tokens",
      name: "Start",
      priority: 0,
      scope: { plans: ["pro"] },
      expiresAt: "2026-03-02T00:00:00.001Z",
      rollOver: { maximum: "2", until: "2026-03-02T00:00:00.002Z" },
    });
  });

  test("grants once under an idempotency key, and again without one", async () => {
    const stores = world();
    const once = { key: "k" };
    expect(await make(stores, five, { once })).toEqual(await make(stores, five, { once }));
    for (const _ of [1, 2]) await make(stores, five);
    expect(await stores.grants.grantsOf(holder)).toHaveLength(3);
  });

  test.for<[string, GrantBody, string, string?]>([
    ["nothing is granted", {}, "invalid_request"],
    ["an amount has no currency", { amount: decimal("5") }, "invalid_request"],
    ["units have no meter", { units: decimal("5") }, "invalid_request"],
    ["both are granted", { ...five, units: decimal("5"), meter: "m" }, "invalid_request"],
    ["it ends as it starts", { ...five, startsAt: now + 9, expiresAt: now + 9 }, "invalid_request"],
    ["it rolls over without an end", { ...five, rollOver: { until: now } }, "invalid_request"],
    ["it rolls over until its end", { ...five, expiresAt: now + 9, rollOver: { until: now + 9 } }, "invalid_request"],
    [
      "the currency is not one, and it is over",
      { amount: decimal("5"), currency: "XXQ", startsAt: 0, expiresAt: now },
      "unknown_currency",
    ],
    ["it is over, of a customer whom nobody knows", { ...five, startsAt: 0, expiresAt: now }, "expiry_in_past", "eve"],
    ["nobody knows the customer", five, "unknown_customer", "eve"],
    ["nobody knows the meter", { units: decimal("5"), meter: "none" }, "unknown_meter"],
  ])("refuses where %s", async ([, body, code, customer = "ann"]) => {
    expect(await make(world(), body, { customer })).toMatchObject({ ok: false, error: { code } });
  });
});

describe("grants", () => {
  test("are listed in the order in which they are drawn, page by page, and found by id", async () => {
    const stores = world();
    for (const priority of [9, 1, 5]) await make(stores, { ...five, priority });
    const first = expectOk(await listGrants(stores, { ...holder, limit: 2 }));
    expect([first.items.map(({ id }) => id), first.next]).toEqual([["gr_id2", "gr_id3"], "gr_id3"]);
    const rest = expectOk(await listGrants(stores, { ...holder, limit: 2, after: "gr_id3" }));
    expect([rest.items.map(({ id }) => id), rest.next]).toEqual([["gr_id1"], undefined]);
    expect(expectOk(await getGrant(stores, { ...holder, id: "gr_id1" })).priority).toBe(9);
    expect(expectOk(await listGrantEntries(stores, { ...holder, id: "gr_id1", limit: 5 })).items).toEqual([
      { id: "gr_id1_1", kind: "grant", amount: "5", running: "5", at: "2026-03-02T00:00:00.000Z" },
    ]);
    const missing = { ...holder, id: "gr_id9" };
    expect(await getGrant(stores, missing)).toMatchObject({ error: { code: "not_found" } });
    expect(await listGrantEntries(stores, { ...missing, limit: 5 })).toMatchObject({ error: { code: "not_found" } });
  });
});
