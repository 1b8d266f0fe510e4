import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { type DynamoTable, took } from "./table.ts";

/** An item whose attributes are text, numbers and bytes. */
export type PlainItem = Readonly<Record<string, string | number | Uint8Array>>;

/** Puts an item; with "once" only where none lies under its key, and one that does stays as it is. */
export type Put = (item: PlainItem, how: "once" | "always") => Promise<void>;

/** Puts items with the SDK. */
export function sdkPut({ client, table }: DynamoTable): Put {
  return async (Item, how) => {
    const once = how === "once" ? { ConditionExpression: onlyNew } : {};
    await took(client.send(new PutCommand({ TableName: table, Item, ...once })));
  };
}

/** Holds where no item has the key. */
export const onlyNew = "attribute_not_exists(pk)";
