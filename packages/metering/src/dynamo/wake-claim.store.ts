import type { RollQueue } from "../journal.ts";
import { type DynamoTable, took, writing } from "./table.ts";
import { wakeClaimEntity } from "./wake-claim.entity.ts";

/** Claims of late rolls over the Registry table. */
export function dynamoWakeClaims(registry: DynamoTable): Pick<RollQueue, "claimWake"> {
  const claims = wakeClaimEntity(registry);
  return {
    claimWake({ merchant, shard }, window, untilMs) {
      const expiresAt = Math.ceil(untilMs / 1000);
      return took(claims.create({ merchant, shard, window, expiresAt }).go(writing));
    },
  };
}
