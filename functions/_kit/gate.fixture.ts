import { createHash } from "node:crypto";
import { type Access, createMerchant, type KeyText, type Receipts, type Role } from "@farthing/access";
import { type AccessStores, memoryAccess } from "@farthing/access/memory";
import { currency, type MerchantId, merchantId } from "@farthing/money";
import { cursorSecrets } from "./cursor-secrets.ts";
import type { Gate } from "./gate.ts";

/** A gate over memory, with two merchants whose keys a test may use. */
export interface GateFixture {
  readonly gate: Gate;
  readonly access: Access;
  readonly stores: AccessStores;
  readonly receipts: Receipts;
  readonly merchant: MerchantId;
  readonly keys: Readonly<Record<Role, KeyText>>;
  readonly otherKeys: Readonly<Record<Role, KeyText>>;
  move(ms: number): void;
}

/** Opens a gate at noon on 22 November 2026. */
export async function gateFixture(): Promise<GateFixture> {
  let now = Date.UTC(2026, 10, 22, 12);
  let drawn = 0;
  const stores = memoryAccess();
  const clock = { now: () => now };
  const bytes = (count: number) => createHash("sha512").update(`seed ${drawn++}`).digest().subarray(0, count);
  const access: Access = { ...stores, clock, randomness: { bytes }, environment: "test" };
  const gate = { ...stores, clock, cursorSecret: cursorSecrets(stores.merchants) };
  const move = (ms: number) => {
    now += ms;
  };
  const [one, two] = [await keysOf(access, "One"), await keysOf(access, "Two")];
  return {
    gate,
    access,
    stores,
    receipts: stores.receipts,
    merchant: merchantId("One"),
    keys: one,
    otherKeys: two,
    move,
  };
}

async function keysOf(access: Access, id: string): Promise<Readonly<Record<Role, KeyText>>> {
  const request = { id: merchantId(id), name: id, timezone: "UTC", currency: currency("USD") };
  const { keys } = await createMerchant(access, request);
  if (keys === null) throw new Error("the merchant existed");
  return keys;
}
