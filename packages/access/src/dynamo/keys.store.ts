import type { MerchantId } from "@farthing/money";
import { createWriteTransaction, type EntityConfiguration } from "electrodb";
import type { ApiKey, KeyId } from "../api-key.ts";
import type { Keys } from "../ports.ts";
import { apiKeyEntity } from "./api-key.entity.ts";
import { keyHashEntity } from "./key-hash.entity.ts";
import { committed } from "./transaction.ts";

/** Keys in DynamoDB: each an item in its merchant's list and one under its hash, written together. */
export function dynamoKeys(config: EntityConfiguration): Keys {
  const entities = { keys: apiKeyEntity(config), hashes: keyHashEntity(config) };

  const find = async (merchant: MerchantId, id: KeyId): Promise<ApiKey | undefined> =>
    (await entities.keys.get({ merchant, id }).go({ consistent: true })).data ?? undefined;

  return {
    find,
    async create(made) {
      const write = createWriteTransaction(entities, (to) => [
        ...made.map((key) => to.keys.create(key).commit()),
        ...made.map((key) => to.hashes.create(key).commit()),
      ]);
      return committed(await write.go()) ? "created" : "exists";
    },
    async findByHash(hash) {
      return (await entities.hashes.get({ hash }).go({ consistent: true })).data ?? undefined;
    },
    async list(merchant, { limit, after }) {
      const all = entities.keys.query.primary({ merchant });
      const from = after === undefined ? all : all.lt({ id: after as KeyId });
      // One more than asked for tells whether there is another page.
      const { data } = await from.go({ consistent: true, order: "desc", count: limit + 1 });
      const items = data.slice(0, limit);
      const last = items.at(-1);
      return data.length > limit && last !== undefined ? { items, next: last.id } : { items };
    },
    async revoke(merchant, id, revokedAt) {
      const key = await find(merchant, id);
      if (key === undefined || key.revokedAt !== undefined) return key;
      const write = createWriteTransaction(entities, (to) => [
        to.keys
          .patch({ merchant, id })
          .set({ revokedAt })
          .where((at, is) => is.notExists(at.revokedAt))
          .commit(),
        to.hashes.patch({ hash: key.hash }).set({ revokedAt }).commit(),
      ]);
      return committed(await write.go()) ? { ...key, revokedAt } : find(merchant, id);
    },
  };
}
