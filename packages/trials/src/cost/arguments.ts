import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { err, ok, type Result } from "@farthing/money";
import * as v from "valibot";
import { attempt, type BadArgument, badArgument } from "../support/bad-argument.ts";
import { type Prices, prices2026 } from "./prices.ts";
import type { Workload } from "./units.ts";

/** How the command is used. */
export const usage = `npm run cost -- [--events N] [--customers N] [--per-customer-hour N] [--batch N] [--prices FILE]

  --events N             events in all (1000000)
  --customers N          customers in an hour (1000)
  --per-customer-hour N  events of a customer in an hour (100)
  --batch N              events in a request (500)
  --prices FILE          a JSON file with the prices of another day or region
`;

const count = (most: number) =>
  v.pipe(
    v.string(),
    v.regex(/^[1-9]\d{0,14}$/, "is no whole number above 0"),
    v.transform(Number),
    v.maxValue(most, `is more than ${most}`),
  );

const Arguments = v.strictObject({
  events: v.optional(count(1e13), "1000000"),
  customers: v.optional(count(1e7), "1000"),
  "per-customer-hour": v.optional(count(2e6), "100"),
  batch: v.optional(count(10_000), "500"),
  prices: v.optional(v.string()),
});

const price = v.pipe(v.number(), v.finite(), v.minValue(0));
const PriceFile = v.strictObject({
  asOf: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}(?:-\d{2})?$/)),
  perMillionWriteUnits: price,
  perMillionReadUnits: price,
  perMillionHttpRequests: price,
  perMillionInvocations: price,
  perGbSecond: price,
  perMillionMessages: price,
});

/** Reads the command's arguments. Errors: `bad_argument`. */
export function readArguments(
  argv: readonly string[],
  read: (file: string) => string = (file) => readFileSync(file, "utf8"),
): Result<{ readonly workload: Workload; readonly prices: Prices }, BadArgument> {
  const names = { type: "string" } as const;
  const options = { events: names, customers: names, "per-customer-hour": names, batch: names, prices: names };
  const given = attempt(() => parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values);
  if (!given.ok) return given;
  const parsed = v.safeParse(Arguments, { ...given.value });
  if (!parsed.success) return err(badArgument(`--${v.getDotPath(parsed.issues[0]) ?? ""} ${parsed.issues[0].message}`));
  const { events, customers: customersAnHour, "per-customer-hour": eventsACustomerHour, batch, prices } = parsed.output;
  const workload = { events, customersAnHour, eventsACustomerHour, batch };
  if (prices === undefined) return ok({ workload, prices: prices2026 });
  const file = attempt(() => v.parse(PriceFile, JSON.parse(read(prices))));
  return file.ok ? ok({ workload, prices: file.value }) : err(badArgument(`--prices ${prices}: ${file.error.message}`));
}
