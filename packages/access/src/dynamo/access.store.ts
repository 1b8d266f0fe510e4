import type { EntityConfiguration } from "electrodb";
import type { AccessStores } from "../memory.ts";
import { dynamoKeys } from "./keys.store.ts";
import { dynamoMerchants } from "./merchants.store.ts";
import { dynamoReceipts } from "./receipts.store.ts";

/** The stores of this domain over the Registry table. */
export function dynamoAccess(config: EntityConfiguration): AccessStores {
  return { merchants: dynamoMerchants(config), keys: dynamoKeys(config), receipts: dynamoReceipts(config) };
}
