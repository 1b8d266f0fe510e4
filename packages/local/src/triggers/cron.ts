import { Cron } from "croner";

/** A schedule as a function from one moment to the next one at which it fires; undefined when it never fires again. */
export type Schedule = (afterMs: number) => number | undefined;

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

function rate(expression: string, startMs: number): Schedule {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const each = Number(count) * (unitMs[unit ?? ""] ?? Number.NaN);
  if (!(each > 0)) throw new Error(`${expression} is no rate that EventBridge takes`);
  return (afterMs) => startMs + (Math.floor(Math.max(0, afterMs - startMs) / each) + 1) * each;
}

/** EventBridge counts Sunday as 1 and lets `?` stand for "any"; seconds are always zero. */
function cron(expression: string): Schedule {
  const fields = expression.slice("cron(".length, -1).trim().split(/\s+/);
  const [, , dayOfMonth, , dayOfWeek] = fields;
  if (fields.length !== 6 || (dayOfMonth === "?") === (dayOfWeek === "?")) {
    throw new Error(`${expression} is no cron expression that EventBridge takes`);
  }
  const pattern = ["0", ...fields.map((field) => (field === "?" ? "*" : field))].join(" ");
  const job = new Cron(pattern, {
    paused: true,
    timezone: "UTC",
    mode: "7-part",
    alternativeWeekdays: true,
    sloppyRanges: true,
  });
  return (afterMs) => job.nextRun(new Date(afterMs))?.getTime();
}

/**
 * Reads an EventBridge schedule expression, `rate(5 minutes)` or `cron(10 * * * ? *)`, in UTC.
 *
 * Errors: throws on anything else; so does EventBridge at deployment.
 */
export function readSchedule(expression: string, startMs: number): Schedule {
  if (expression.startsWith("rate(")) return rate(expression, startMs);
  if (expression.startsWith("cron(") && expression.endsWith(")")) return cron(expression);
  throw new Error(`${expression} is no schedule that EventBridge takes`);
}
