import { currency, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { accessFixture } from "./access.fixture.ts";
import { createMerchant } from "./create-merchant.ts";
import { identify } from "./identify.ts";
import { allRoles } from "./role.ts";

const demo = { id: merchantId("Demo"), name: "Demo", timezone: "Europe/Paris", currency: currency("EUR") };

describe("createMerchant", () => {
  test("gives a key for each role", async () => {
    const access = accessFixture();
    const { merchant, keys } = await createMerchant(access, demo);
    expect(merchant).toMatchObject({ ...demo, createdAt: access.clock.now() });
    for (const role of allRoles) {
      const identity = await identify(access, keys?.[role] ?? "");
      expect(identity).toMatchObject({ ok: true, value: { merchant: demo.id, roles: [role] } });
    }
  });

  test("leaves one that exists as it is, and tells no keys", async () => {
    const access = accessFixture();
    const first = await createMerchant(access, demo);
    expect(await createMerchant(access, { ...demo, name: "Renamed" })).toEqual({
      merchant: first.merchant,
      keys: null,
    });
    expect((await access.keys.list(demo.id, { limit: 100 })).items).toHaveLength(allRoles.length);
  });

  test("gives one that exists new keys where the operator asks for them, and the old ones still open", async () => {
    const access = accessFixture();
    const first = await createMerchant(access, demo);
    const again = await createMerchant(access, { ...demo, newKeys: true });
    expect(again.merchant).toEqual(first.merchant);
    for (const text of [first.keys?.admin, again.keys?.admin])
      expect((await identify(access, text ?? "")).ok).toBe(true);
    expect(again.keys?.admin).not.toBe(first.keys?.admin);
  });

  test("makes an id where none is given, another each time", async () => {
    const access = accessFixture();
    const { id: _, ...nameless } = demo;
    const [one, two] = [await createMerchant(access, nameless), await createMerchant(access, nameless)];
    expect(one.merchant.id).toMatch(/^m_[0-9A-Za-z]{16}$/);
    expect(two.merchant.id).not.toBe(one.merchant.id);
    expect(two.merchant.secret).not.toBe(one.merchant.secret);
  });
});
