import { createWriteTransaction, type EntityConfiguration } from "electrodb";
import type { Merchants } from "../ports.ts";
import { apiKeyEntity } from "./api-key.entity.ts";
import { keyHashEntity } from "./key-hash.entity.ts";
import { merchantEntity } from "./merchant.entity.ts";
import { committed } from "./transaction.ts";

/** Merchants in DynamoDB. */
export function dynamoMerchants(config: EntityConfiguration): Merchants {
  const merchants = merchantEntity(config);
  const entities = { merchants, keys: apiKeyEntity(config), hashes: keyHashEntity(config) };

  return {
    async create(merchant, first) {
      const write = createWriteTransaction(entities, (to) => [
        to.merchants.create(merchant).commit(),
        ...first.map((key) => to.keys.create(key).commit()),
        ...first.map((key) => to.hashes.create(key).commit()),
      ]);
      return committed(await write.go()) ? "created" : "exists";
    },
    async find(id) {
      return (await merchants.get({ id }).go({ consistent: true })).data ?? undefined;
    },
  };
}
