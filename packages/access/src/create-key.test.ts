import { currency, expectOk } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { accessFixture } from "./access.fixture.ts";
import { createKey, type NewKey } from "./create-key.ts";
import { createMerchant } from "./create-merchant.ts";
import { identify } from "./identify.ts";

const caller = (byte: number) => new Uint8Array(32).fill(byte);

async function setUp() {
  const access = accessFixture();
  const { merchant } = await createMerchant(access, { name: "Demo", timezone: "UTC", currency: currency("USD") });
  const request: NewKey = {
    merchant: merchant.id,
    roles: ["ingest"],
    name: "collector",
    receivedAt: access.clock.now(),
  };
  return { access, merchant, request };
}

describe("createKey", () => {
  test("makes a key that opens, and stores no text", async () => {
    const { access, merchant, request } = await setUp();
    const made = expectOk(await createKey(access, request));
    expect(await identify(access, made.key)).toMatchObject({ ok: true, value: { key: made.id, roles: ["ingest"] } });
    expect(made).toMatchObject({ name: "collector", last4: made.key.slice(-4), prefix: made.key.slice(0, 12) });
    expect(JSON.stringify(await access.keys.find(merchant.id, made.id))).not.toContain(made.key.slice(12, -4));
  });

  test("makes another key each time without an idempotency key", async () => {
    const { access, request } = await setUp();
    const [one, two] = [await createKey(access, request), await createKey(access, request)];
    expect(expectOk(one).key).not.toBe(expectOk(two).key);
  });

  test("repeats its answer for a repeated request", async () => {
    const { access, request } = await setUp();
    const once = { ...request, once: { key: "k1", callerSecret: caller(1) } };
    const first = await createKey(access, once);
    access.clock.move(60_000);
    expect(await createKey(access, once)).toEqual(first);
    expect(expectOk(await createKey(access, { ...once, once: { ...once.once, key: "k2" } })).key).not.toBe(
      expectOk(first).key,
    );
  });

  test("refuses another caller's idempotency key, before it looks at anything else", async () => {
    const { access, request } = await setUp();
    expectOk(await createKey(access, { ...request, once: { key: "k1", callerSecret: caller(1) } }));
    const theirs = { ...request, expiresAt: 1, once: { key: "k1", callerSecret: caller(2) } };
    expect(await createKey(access, theirs)).toEqual({ ok: false, error: { code: "idempotency_conflict" } });
  });

  test("two merchants with the same caller secret and idempotency key get different keys", async () => {
    const { access, request } = await setUp();
    const other = await createMerchant(access, { name: "Other", timezone: "UTC", currency: currency("USD") });
    const once = { key: "k1", callerSecret: caller(1) };
    const mine = expectOk(await createKey(access, { ...request, once }));
    const theirs = expectOk(await createKey(access, { ...request, merchant: other.merchant.id, once }));
    expect(mine.key).not.toBe(theirs.key);
  });

  test.for([
    { inMs: -1, made: false },
    { inMs: 0, made: false },
    { inMs: 1, made: true },
  ])("a key that expires in $inMs ms is made: $made", async ({ inMs, made }) => {
    const { access, request } = await setUp();
    const result = await createKey(access, { ...request, expiresAt: access.clock.now() + inMs });
    expect(result).toMatchObject(made ? { ok: true } : { ok: false, error: { code: "expiry_in_past" } });
  });
});
