import { drawsOf } from "./random.ts";

/** What is killed: a part of the local cloud, the supervisor, the command that imports, or all of them. */
export type Victim = "cloud" | "dynamo" | "supervisor" | "command" | "everything";

/** A kill during the import. Units: `afterEvents` counts what the API has judged so far. */
export interface ImportKill {
  readonly victim: Victim;
  readonly afterEvents: number;
  readonly afterMs: number;
}

/** A kill some time after a settlement entered a phase. */
export interface SettlementKill {
  readonly victim: Exclude<Victim, "command">;
  readonly afterMs: number;
}

/** What a seed kills, and when. */
export interface CrashPlan {
  readonly seed: number;
  readonly importing: readonly ImportKill[];
  readonly rolling: readonly SettlementKill[];
  readonly settling: readonly SettlementKill[];
}

const parts = ["cloud", "dynamo", "everything"] as const;
const victims = ["cloud", "dynamo", "supervisor", "everything"] as const;

/**
 * Draws a seed's kills. Each seed kills the command, and each part of the cloud in another phase; `more` adds up to two kills a
 * phase.
 */
export function crashPlan(seed: number, events: number, more: boolean): CrashPlan {
  const draws = drawsOf(seed);
  const [first = "cloud", second = "dynamo", third = "everything"] = draws.shuffled(parts);
  const others = () =>
    more ? Array.from({ length: draws.whole(0, 2) }, () => draws.shuffled(victims)[0] ?? "cloud") : [];
  const importing = ["command" as const, first, ...others()].map((victim) => ({
    victim,
    afterEvents: draws.whole(0, Math.floor(events * 0.9)),
    afterMs: draws.whole(0, 400),
  }));
  const settling = (victim: SettlementKill["victim"]) =>
    [victim, ...others()].map((one) => ({ victim: one, afterMs: draws.whole(0, 2_500) }));
  return {
    seed,
    importing: importing.toSorted((a, b) => a.afterEvents - b.afterEvents),
    rolling: settling(second),
    settling: settling(third),
  };
}
