import { createWriteTransaction, type EntityConfiguration } from "electrodb";
import type { Merchant, MerchantChange } from "../merchant.ts";
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
        to.merchants.create(textsOf(merchant)).commit(),
        ...first.map((key) => to.keys.create(key).commit()),
        ...first.map((key) => to.hashes.create(key).commit()),
      ]);
      return committed(await write.go()) ? "created" : "exists";
    },
    async find(id) {
      return merchantOf((await merchants.get({ id }).go({ consistent: true })).data);
    },
    async changeMerchant(id, change) {
      // A patch of nothing is none.
      if (Object.keys(change).length === 0) return await this.find(id);
      const patch = merchants.patch({ id }).set(textsOf(change));
      return merchantOf(await ifThere(patch.go({ response: "all_new", originalErr: true })));
    },
  };
}

type Texts = { readonly seller?: string; readonly fees?: string; readonly collection?: string };
type MerchantItem = Omit<Merchant, keyof Texts> & Texts;

/** Lists and records are JSON in an item. */
function textsOf<T extends MerchantChange>({ seller, fees, collection, ...rest }: T): Omit<T, keyof Texts> & Texts {
  return {
    ...rest,
    ...(seller === undefined ? {} : { seller: JSON.stringify(seller) }),
    ...(fees === undefined ? {} : { fees: JSON.stringify(fees) }),
    ...(collection === undefined ? {} : { collection: JSON.stringify(collection) }),
  };
}

function merchantOf(item: MerchantItem | null | undefined): Merchant | undefined {
  if (item === null || item === undefined) return undefined;
  const { seller, fees, collection, ...merchant } = item;
  return {
    ...merchant,
    ...(seller === undefined ? {} : { seller: JSON.parse(seller) }),
    ...(fees === undefined ? {} : { fees: JSON.parse(fees) }),
    ...(collection === undefined ? {} : { collection: JSON.parse(collection) }),
  };
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
