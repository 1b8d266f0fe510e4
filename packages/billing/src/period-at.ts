import { expectOk } from "@farthing/money";
import { type Period, type PeriodRule, periodContaining } from "./calendar.ts";

/** The period that holds an instant, in a zone that was checked when it was stored. Units: milliseconds. */
export function periodAt(instantMs: number, rule: PeriodRule): Period {
  return expectOk(periodContaining(instantMs, rule));
}
