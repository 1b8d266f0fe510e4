import { createWriteTransaction, type EntityConfiguration } from "electrodb";
import type { Merchant } from "../merchant.ts";
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
        to.merchants.create(itemOf(merchant)).commit(),
        ...first.map((key) => to.keys.create(key).commit()),
        ...first.map((key) => to.hashes.create(key).commit()),
      ]);
      return committed(await write.go()) ? "created" : "exists";
    },
    async find(id) {
      return merchantOf((await merchants.get({ id }).go({ consistent: true })).data);
    },
    async nameSeller(id, seller) {
      const change = merchants.patch({ id }).set({ seller: JSON.stringify(seller) });
      return merchantOf(await ifThere(change.go({ response: "all_new", originalErr: true })));
    },
  };
}

type MerchantItem = Omit<Merchant, "seller"> & { readonly seller?: string };

function itemOf({ seller, ...merchant }: Merchant): MerchantItem {
  return seller === undefined ? merchant : { ...merchant, seller: JSON.stringify(seller) };
}

function merchantOf(item: MerchantItem | null | undefined): Merchant | undefined {
  if (item === null || item === undefined) return undefined;
  const { seller, ...merchant } = item;
  return seller === undefined ? merchant : { ...merchant, seller: JSON.parse(seller) };
}

/** A patch has the condition that its item is there. */
async function ifThere<T>(change: Promise<{ readonly data: T }>): Promise<T | undefined> {
  try {
    return (await change).data;
  } catch (error) {
    if (error instanceof Error && error.name === "ConditionalCheckFailedException") return undefined;
    throw error;
  }
}
