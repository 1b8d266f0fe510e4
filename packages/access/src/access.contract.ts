import { createHash } from "node:crypto";
import { currency, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { type ApiKey, apiKey, idBytes, keyId } from "./api-key.ts";
import { keyText } from "./key-text.ts";
import type { AccessStores } from "./memory.ts";
import type { Merchant } from "./merchant.ts";

const at = Date.UTC(2026, 10, 22);
const filled = (byte: number, count: number) => new Uint8Array(count).fill(byte);

function merchant(id: string): Merchant {
  return {
    id: merchantId(id),
    name: "Demo",
    timezone: "Europe/Berlin",
    currency: currency("EUR"),
    secret: "c2VjcmV0",
    createdAt: at,
  };
}

/** A key that is another for another byte. */
function key(owner: Merchant, byte: number, createdAt = at): ApiKey {
  const text = keyText("test", createHash("sha256").update(`${owner.id} ${byte}`).digest());
  return apiKey(keyId(createdAt, filled(byte, idBytes)), text, { merchant: owner.id, roles: ["read"] }, createdAt);
}

let tests = 0;
const fresh = () => merchant(`Contract-${++tests}`);

/** What stores of merchants and keys do; ids are fresh in each test, so that one table serves all. */
export function accessContract(name: string, open: () => AccessStores): void {
  describe(`${name}: merchants`, () => merchantsContract(open));
  describe(`${name}: keys`, () => keysContract(open));
  describe(`${name}: keys in time`, () => keyListsContract(open));
}

function merchantsContract(open: () => AccessStores): void {
  test("are created once, with their keys", async () => {
    const { merchants, keys } = open();
    const owner = fresh();
    const first = key(owner, 1);
    expect(await merchants.find(owner.id)).toBeUndefined();
    expect(await merchants.create(owner, [first])).toBe("created");
    expect(await merchants.create({ ...owner, name: "Other" }, [key(owner, 2)])).toBe("exists");
    expect(await merchants.find(owner.id)).toEqual(owner);
    expect((await keys.list(owner.id, { limit: 10 })).items).toEqual([first]);
  });

  test("differ by the case of their ids", async () => {
    const { merchants } = open();
    const owner = fresh();
    await merchants.create(owner, []);
    expect(await merchants.find(merchantId(owner.id.toUpperCase()))).toBeUndefined();
  });

  test("are named anew as sellers, and nothing else of them changes", async () => {
    const { merchants } = open();
    const owner = fresh();
    const seller = { name: "가나 GmbH", address: "1 Street\nTown", taxId: "DE1" };
    expect(await merchants.changeMerchant(owner.id, { seller })).toBeUndefined();
    expect(await merchants.find(owner.id)).toBeUndefined();
    await merchants.create(owner, []);
    expect(await merchants.changeMerchant(owner.id, { seller })).toEqual({ ...owner, seller });
    expect(await merchants.changeMerchant(owner.id, { seller: { name: "B" } })).toEqual({
      ...owner,
      seller: { name: "B" },
    });
    expect(await merchants.find(owner.id)).toEqual({ ...owner, seller: { name: "B" } });
  });

  test("say how they bill, and what they leave out stays", async () => {
    const { merchants } = open();
    const owner = fresh();
    await merchants.create(owner, []);
    const fees = [{ method: "card", currency: currency("EUR"), percent: "2.9", fixed: "0.30", cap: "5" }];
    const collection = { retryDays: [1, 3], writeOffDays: 30, account: "acct_1" };
    const said = { graceHours: 48, paymentTermsDays: 0, fees, collection };
    expect(await merchants.changeMerchant(owner.id, said)).toEqual({ ...owner, ...said });
    const other = await merchants.changeMerchant(owner.id, { graceHours: 0 });
    expect(other).toEqual({ ...owner, ...said, graceHours: 0 });
    expect(await merchants.changeMerchant(owner.id, {})).toEqual(other);
    expect(await merchants.find(owner.id)).toEqual(other);
  });
}

function keysContract(open: () => AccessStores): void {
  test("are found by id and by hash, and not by another merchant", async () => {
    const { keys } = open();
    const [owner, other] = [fresh(), fresh()];
    const made = { ...key(owner, 1), name: "ci", expiresAt: at + 1000 };
    expect(await keys.create([made])).toBe("created");
    expect(await keys.find(owner.id, made.id)).toEqual(made);
    expect(await keys.find(other.id, made.id)).toBeUndefined();
    const { id, merchant: of, roles, expiresAt } = made;
    expect(await keys.findByHash(made.hash)).toMatchObject({ id, merchant: of, roles, expiresAt });
    expect(await keys.findByHash(key(other, 9).hash)).toBeUndefined();
  });

  test("are all created or none", async () => {
    const { keys } = open();
    const owner = fresh();
    const [first, second] = [key(owner, 1), key(owner, 2)];
    await keys.create([first]);
    expect(await keys.create([second, { ...first, name: "again" }])).toBe("exists");
    expect(await keys.find(owner.id, second.id)).toBeUndefined();
    expect(await keys.find(owner.id, first.id)).toEqual(first);
  });
}

function keyListsContract(open: () => AccessStores): void {
  test("are listed newest first, page by page", async () => {
    const { keys } = open();
    const owner = fresh();
    const made = [1, 2, 3, 4, 5].map((n) => key(owner, n, at + n));
    await keys.create(made);
    const newestFirst = made.toReversed();
    const one = await keys.list(owner.id, { limit: 2 });
    expect(one).toEqual({ items: newestFirst.slice(0, 2), next: newestFirst[1]?.id });
    const two = await keys.list(owner.id, { limit: 3, after: one.next });
    expect(two).toEqual({ items: newestFirst.slice(2) });
    expect(await keys.list(fresh().id, { limit: 2 })).toEqual({ items: [] });
  });

  test("are revoked once, for their merchant alone", async () => {
    const { keys } = open();
    const [owner, other] = [fresh(), fresh()];
    const made = key(owner, 1);
    await keys.create([made]);
    expect(await keys.revoke(other.id, made.id, at)).toBeUndefined();
    expect(await keys.revoke(owner.id, made.id, at + 5)).toEqual({ ...made, revokedAt: at + 5 });
    expect(await keys.revoke(owner.id, made.id, at + 9)).toEqual({ ...made, revokedAt: at + 5 });
    expect(await keys.findByHash(made.hash)).toMatchObject({ revokedAt: at + 5 });
  });

  test("revoked by two at once keep one time", async () => {
    const { keys } = open();
    const owner = fresh();
    const made = key(owner, 1);
    await keys.create([made]);
    const times = await Promise.all(
      [1, 2, 3].map((n) => keys.revoke(owner.id, made.id, at + n).catch(() => undefined)),
    );
    const kept = await keys.find(owner.id, made.id);
    for (const seen of times) expect(seen === undefined || seen.revokedAt === kept?.revokedAt).toBe(true);
  });
}
