import type { Clock } from "@farthing/money";

/** The machine's clock. */
export const clock: Clock = { now: () => Date.now() };
