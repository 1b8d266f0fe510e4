import { setTimeout as wait } from "node:timers/promises";
import type { LocalFarthing } from "../support/local-farthing.ts";
import type { Victim } from "./crash-plan.ts";

/** Kills a part that the supervisor starts again, or the supervisor and perhaps all of its parts, which is then started anew. */
export async function strike(farthing: LocalFarthing, victim: Exclude<Victim, "command">): Promise<void> {
  if (victim === "cloud" || victim === "dynamo") {
    // One that is down already, and on its way up again, is waited for.
    while (!farthing.kill(victim)) await wait(50);
    return;
  }
  await (victim === "everything" ? farthing.killAll() : farthing.killSupervisor());
  await farthing.startAgain();
}
