import { storeFacts } from "@farthing/metering";
import type { History } from "./history.ts";
import { factOf } from "./sent-fact.ts";
import type { RequestState } from "./witness.ts";

/** How likely a client sends a batch again that was answered already, or is still under way. */
const impatience = 0.12;

/** Whether a client would send its batch now. */
export function wantsToSend({ request, tried, running, answeredAt }: RequestState): boolean {
  return tried < request.tries && running === 0 && answeredAt === undefined;
}

/** Sends a batch once. */
export async function send(history: History, state: RequestState): Promise<void> {
  const { request } = state;
  state.tried += 1;
  state.running += 1;
  state.begunAt ??= history.scheduler.step;
  const facts = request.facts.map(factOf);
  await history.run(
    "writer",
    async ({ facts: ports }) => {
      const stored = await storeFacts(ports, { merchant: history.merchant, facts, receivedAt: ports.clock.now() });
      if (!stored.ok) throw new Error("facts of three hours lie in few shard-hours");
    },
    {
      skewMs: request.skewMs,
      request: request.id,
      ended: (how) => {
        state.running -= 1;
        if (how === "done") state.answeredAt ??= history.scheduler.step;
      },
    },
  );
  if (history.scheduler.faultRate > 0 && history.random.chance(impatience)) await send(history, state);
}
