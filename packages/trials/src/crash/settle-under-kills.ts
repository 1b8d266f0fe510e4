import { setTimeout as wait } from "node:timers/promises";
import type { FarthingClient, Settlement } from "@farthing/sdk";
import { settleThrough } from "../support/access-log-bill.ts";
import type { LocalFarthing } from "../support/local-farthing.ts";
import type { CrashPlan, SettlementKill } from "./crash-plan.ts";
import { strike } from "./strike.ts";

/** A settlement that was killed again and again, and what was killed in its phases. */
export interface KilledSettlement {
  readonly settlement: Settlement;
  readonly landed: { readonly rolling: readonly string[]; readonly settling: readonly string[] };
}

/** Settles while parts of everything die. The request itself is sent under a key, so that it may be sent again. */
export async function settleUnderKills(
  farthing: LocalFarthing,
  client: FarthingClient,
  { seed, rolling, settling }: CrashPlan,
): Promise<KilledSettlement> {
  const { id } = await client.settlements.create({ through: settleThrough }, { idempotencyKey: `crash-${seed}` });
  const during = async (phase: Settlement["status"], kills: readonly SettlementKill[]): Promise<string[]> => {
    const landed: string[] = [];
    for (const { victim, afterMs } of kills) {
      if (!(await reached(client, id, phase))) break;
      await wait(afterMs);
      await strike(farthing, victim);
      landed.push(victim);
    }
    return landed;
  };
  const landed = { rolling: await during("rolling", rolling), settling: await during("settling", settling) };
  const settlement = await client.settlements.wait(id, { everyMs: 250, timeoutMs: 400_000 });
  return { settlement, landed };
}

const order: readonly Settlement["status"][] = ["rolling", "settling", "done"];

/** Waits for a phase; false where it is over already. */
async function reached(client: FarthingClient, id: string, phase: Settlement["status"]): Promise<boolean> {
  for (;;) {
    const { status } = await client.settlements.get(id);
    if (status === phase) return true;
    if (order.indexOf(status) > order.indexOf(phase) || status === "failed") return false;
    await wait(50);
  }
}
