import type { ApiKey } from "./api-key.ts";
import type { Merchant } from "./merchant.ts";
import type { Keys, Merchants } from "./ports.ts";
import { type Receipt, type ReceiptName, type Receipts, receiptId } from "./receipt.ts";

/** The three stores of this domain. */
export interface AccessStores {
  readonly merchants: Merchants;
  readonly keys: Keys;
  readonly receipts: Receipts;
}

/** Keeps everything in memory: for tests. */
export function memoryAccess(): AccessStores {
  const keys = new Map<string, ApiKey>();
  return { merchants: memoryMerchants(keys), keys: memoryKeys(keys), receipts: memoryReceipts() };
}

const keyName = ({ merchant, id }: { readonly merchant: string; readonly id: string }) => `${merchant}#${id}`;

function memoryMerchants(keys: Map<string, ApiKey>): Merchants {
  const merchants = new Map<string, Merchant>();
  return {
    async create(merchant, first) {
      if (merchants.has(merchant.id)) return "exists";
      merchants.set(merchant.id, merchant);
      for (const key of first) keys.set(keyName(key), key);
      return "created";
    },
    async find(id) {
      return merchants.get(id);
    },
    async changeMerchant(id, change) {
      const found = merchants.get(id);
      if (found !== undefined) merchants.set(id, { ...found, ...change });
      return merchants.get(id);
    },
  };
}

function memoryKeys(keys: Map<string, ApiKey>): Keys {
  const of = (merchant: string, id: string) => keys.get(keyName({ merchant, id }));
  return {
    async create(made) {
      const all = [...keys.values()];
      const known = (key: ApiKey) => keys.has(keyName(key)) || all.some(({ hash }) => hash === key.hash);
      if (made.some(known)) return "exists";
      for (const key of made) keys.set(keyName(key), key);
      return "created";
    },
    async find(merchant, id) {
      return of(merchant, id);
    },
    async findByHash(hash) {
      return [...keys.values()].find((key) => key.hash === hash);
    },
    async list(merchant, { limit, after }) {
      const all = [...keys.values()].filter(
        (key) => key.merchant === merchant && (after === undefined || key.id < after),
      );
      const items = all.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit);
      const last = items.at(-1);
      return all.length > limit && last !== undefined ? { items, next: last.id } : { items };
    },
    async revoke(merchant, id, revokedAt) {
      const key = of(merchant, id);
      if (key === undefined) return undefined;
      const revoked = { ...key, revokedAt: key.revokedAt ?? revokedAt };
      keys.set(keyName(key), revoked);
      return revoked;
    },
  };
}

function memoryReceipts(): Receipts {
  const receipts = new Map<string, Receipt>();
  const nameOf = (name: ReceiptName) => `${name.merchant}#${receiptId(name)}`;
  return {
    async open(receipt) {
      const stored = receipts.get(nameOf(receipt));
      if (stored !== undefined && stored.expiresAt > receipt.receivedAt) return stored;
      receipts.set(nameOf(receipt), receipt);
      return receipt;
    },
    async answer(name, answer) {
      const stored = receipts.get(nameOf(name));
      if (stored === undefined) return answer;
      if (stored.answer !== undefined) return stored.answer;
      receipts.set(nameOf(name), { ...stored, answer });
      return answer;
    },
    async withdraw({ digest, ...name }) {
      const stored = receipts.get(nameOf(name));
      if (stored?.digest === digest && stored.answer === undefined) receipts.delete(nameOf(name));
    },
  };
}
