import { currency, expectOk } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { accessFixture } from "./access.fixture.ts";
import { cachedKeys, keyFreshMs } from "./cached-keys.ts";
import { createKey } from "./create-key.ts";
import { createMerchant } from "./create-merchant.ts";
import { identify } from "./identify.ts";
import { keyText } from "./key-text.ts";

const unauthorized = { ok: false, error: { code: "unauthorized" } };
const hour = 3_600_000;

async function setUp() {
  const access = accessFixture();
  const { merchant } = await createMerchant(access, { name: "Demo", timezone: "UTC", currency: currency("USD") });
  const receivedAt = access.clock.now();
  const grant = { merchant: merchant.id, roles: ["read" as const], expiresAt: receivedAt + hour, receivedAt };
  const key = expectOk(await createKey(access, grant));
  return { access, merchant, key };
}

describe("identify", () => {
  test("tells whose key it is", async () => {
    const { access, merchant, key } = await setUp();
    const identity = { merchant: merchant.id, key: key.id, roles: ["read"] };
    expect(await identify(access, key.key)).toEqual({ ok: true, value: identity });
  });

  test.for([
    { moved: hour - 1, opens: true },
    { moved: hour, opens: false },
  ])("a key that expires in an hour opens after $moved ms: $opens", async ({ moved, opens }) => {
    const { access, key } = await setUp();
    access.clock.move(moved);
    expect((await identify(access, key.key)).ok).toBe(opens);
  });

  test("a revoked key opens nothing", async () => {
    const { access, merchant, key } = await setUp();
    await access.keys.revoke(merchant.id, key.id, access.clock.now());
    expect(await identify(access, key.key)).toEqual(unauthorized);
  });

  test("an unknown key is refused like any other", async () => {
    const { access } = await setUp();
    expect(await identify(access, keyText("test", new Uint8Array(24)))).toEqual(unauthorized);
  });

  test("a wrong checksum costs no read", async () => {
    const { access, key } = await setUp();
    const keys = { findByHash: () => expect.fail("the store was asked") };
    const mistyped = `${key.key.slice(0, -1)}${key.key.endsWith("0") ? "1" : "0"}`;
    expect(await identify({ keys, clock: access.clock }, mistyped)).toEqual(unauthorized);
  });
});

describe("cachedKeys", () => {
  test("believes a found key for five seconds and no longer", async () => {
    const { access, merchant, key } = await setUp();
    const cached = { keys: cachedKeys(access.keys, access.clock), clock: access.clock };
    expect((await identify(cached, key.key)).ok).toBe(true);
    await access.keys.revoke(merchant.id, key.id, access.clock.now());
    access.clock.move(keyFreshMs - 1);
    expect((await identify(cached, key.key)).ok).toBe(true);
    access.clock.move(1);
    expect((await identify(cached, key.key)).ok).toBe(false);
  });

  test("looks a known key up once, an unknown one each time", async () => {
    const { access, key } = await setUp();
    let reads = 0;
    const counting = {
      findByHash: (hash: Parameters<typeof access.keys.findByHash>[0]) => {
        reads++;
        return access.keys.findByHash(hash);
      },
    };
    const cached = { keys: cachedKeys(counting, access.clock), clock: access.clock };
    for (let n = 0; n < 3; n++) await identify(cached, key.key);
    expect(reads).toBe(1);
    for (let n = 0; n < 3; n++) await identify(cached, keyText("test", new Uint8Array(24)));
    expect(reads).toBe(4);
  });

  test("a key that expires while it is remembered opens nothing", async () => {
    const { access, key } = await setUp();
    const cached = { keys: cachedKeys(access.keys, access.clock), clock: access.clock };
    access.clock.move(hour - 1);
    expect((await identify(cached, key.key)).ok).toBe(true);
    access.clock.move(1);
    expect((await identify(cached, key.key)).ok).toBe(false);
  });
});
