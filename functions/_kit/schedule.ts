import middy from "@middy/core";
import type { Context } from "aws-lambda";
import * as v from "valibot";
import { log } from "./log.ts";
import type { Job } from "./queue.ts";
import { thrownFacts } from "./thrown.ts";

const Tick = v.object({ time: v.pipe(v.string(), v.isoTimestamp()) });

/** A function behind a schedule. */
export type ScheduleHandler = (event: unknown, context: Context) => Promise<void>;

/**
 * Runs a use case for a moment of the schedule, which may come twice, late or not at all: what it does is keyed by it.
 *
 * Units: `at` in milliseconds since 1970. Errors: what it throws is thrown on, so that it is counted and tried again.
 */
export function schedule(useCase: (at: number, job: Job) => Promise<unknown>): ScheduleHandler {
  return middy<unknown, void>().handler(async (event, context) => {
    const at = Date.parse(v.parse(Tick, event).time);
    try {
      await useCase(at, { remainingMs: () => context.getRemainingTimeInMillis() });
    } catch (error) {
      log.error("threw", thrownFacts(error));
      throw error;
    }
  });
}
