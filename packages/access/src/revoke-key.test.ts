import { currency } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { accessFixture } from "./access.fixture.ts";
import type { ApiKey } from "./api-key.ts";
import { createMerchant } from "./create-merchant.ts";
import { getMerchant, listKeys } from "./read-access.ts";
import { revokeKey } from "./revoke-key.ts";
import type { Role } from "./role.ts";

async function setUp() {
  const access = accessFixture();
  const { merchant } = await createMerchant(access, { name: "Demo", timezone: "UTC", currency: currency("USD") });
  const { items } = await access.keys.list(merchant.id, { limit: 10 });
  const keyWith = (role: Role): ApiKey => items.find((key) => key.roles.includes(role)) ?? expect.fail(role);
  const admin = keyWith("admin");
  return { access, merchant, keyWith, caller: { merchant: merchant.id, key: admin.id, roles: admin.roles } };
}

describe("revokeKey", () => {
  test("revokes a key; again changes nothing", async () => {
    const { access, keyWith, caller } = await setUp();
    const read = keyWith("read");
    const first = await revokeKey(access, caller, read.id);
    expect(first).toEqual({ ok: true, value: { ...read, revokedAt: access.clock.now() } });
    access.clock.move(1000);
    expect(await revokeKey(access, caller, read.id)).toEqual(first);
  });

  test.for([
    { id: "key_00000000000000000000", why: "no such key" },
    { id: "nonsense", why: "no id" },
    { id: "", why: "nothing" },
  ])("answers not_found for $why", async ({ id }) => {
    const { access, caller } = await setUp();
    expect(await revokeKey(access, caller, id)).toEqual({ ok: false, error: { code: "not_found" } });
  });

  test("another merchant's key is not found", async () => {
    const { access, caller, keyWith } = await setUp();
    const other = await createMerchant(access, { name: "Other", timezone: "UTC", currency: currency("USD") });
    const theirs = { ...caller, merchant: other.merchant.id };
    expect(await revokeKey(access, theirs, keyWith("read").id)).toEqual({ ok: false, error: { code: "not_found" } });
  });

  test("a key does not revoke itself", async () => {
    const { access, caller } = await setUp();
    expect(await revokeKey(access, caller, caller.key)).toEqual({ ok: false, error: { code: "own_key" } });
  });
});

test("getMerchant tells a key's holder whose it is", async () => {
  const { access, merchant, caller } = await setUp();
  expect(await getMerchant(access, caller)).toEqual({ ok: true, value: { ...merchant, roles: ["admin"] } });
});

test("listKeys pages", async () => {
  const { access, caller } = await setUp();
  expect(await listKeys(access, caller, { limit: 2 })).toMatchObject({ ok: true, value: { next: expect.any(String) } });
});
