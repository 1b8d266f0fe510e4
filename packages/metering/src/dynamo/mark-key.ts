import { parseMerchantId } from "@farthing/money";
import type { ShardRef } from "../shard.ts";

/** The shards whose marks keys of the journal name; other keys are passed over. */
export function shardsOfMarkKeys(keys: readonly { readonly pk: string }[]): readonly ShardRef[] {
  return keys.flatMap(({ pk }) => {
    const [, merchant = "", shard = ""] = /^m#([^#]+)#(\d+)$/.exec(pk) ?? [];
    const id = parseMerchantId(merchant);
    return id.ok ? [{ merchant: id.value, shard: Number(shard) }] : [];
  });
}
