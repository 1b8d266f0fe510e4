import { type Decimal, digitsAt, divideRounded, formatDecimal, type Rounding } from "@farthing/money";
import { Temporal } from "temporal-polyfill";
import type { EventData, ParsedEvent } from "./event.ts";
import { type AggregationName, aggregationNames, type Meter } from "./meter.ts";
import { type ann, event, merchant, meteringWorld, requests } from "./metering.fixture.ts";
import { firstShardPlan } from "./shard.ts";
import { rollClosedHours, rollMarked } from "./shard-roll.ts";
import { queryUsage, type UsageQuery, type UsageRow } from "./usage.ts";

type CaseValue = string | number | null | undefined | readonly (string | number)[];

/** A case as its file has it. */
export interface MeterCase {
  readonly id: string;
  readonly aggregation: string;
  readonly config: Readonly<Record<string, CaseValue>>;
  readonly events: readonly Readonly<Record<string, string | number | null>>[];
  readonly expected: readonly Readonly<Record<string, CaseValue>>[];
}

const minute = 60_000;
const hour = 60 * minute;
export const day = 24 * hour;

/** Where the times of a case lie: its range, and what its words stand for. Units: milliseconds. */
export interface CaseTimes {
  readonly from: number;
  readonly to: number;
  readonly words: Readonly<Record<string, number>>;
}

/** The times of a case whose range begins at a date. */
export function timesFrom(date: string, days: number, words: Readonly<Record<string, number>> = {}): CaseTimes {
  const from = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  const to = from + days * day;
  const known = {
    T: from + hour,
    t0: from,
    now: to - hour,
    p1: from,
    p2: to,
    from,
    to: to - 1000,
    before: from - 10 * day,
  };
  return { from, to, words: { ...known, ...words } };
}

const units: Readonly<Record<string, number>> = { s: 1000, m: minute, h: hour, d: day };

/** A time as cases write them: a date, a moment, one in a zone, or a word with an offset. */
export function timeOf(text: string, { words }: CaseTimes): number {
  const [local, zone] = text.split(" ");
  if (local !== undefined && zone?.includes("/"))
    return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
  const [, word = "", sign, count = "0", unit = "s"] = /^(.*?)(?: ?([+-]) ?(\d+)([smhd]))?$/.exec(text) ?? [];
  const anchor = words[word] ?? words[text];
  if (anchor !== undefined && words[text] === undefined)
    return anchor + (sign === "-" ? -1 : 1) * Number(count) * (units[unit] ?? 0);
  if (anchor !== undefined) return anchor;
  const parsed = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T12:00:00Z` : text);
  if (Number.isNaN(parsed)) throw new Error(`a time that nothing explains: ${text}`);
  return parsed;
}

const notData: ReadonlySet<string> = new Set(["n", "t", "time", "offset", "day", "subjects", "note", "why"]);

/** The events of a case; `n` of them where it says so, and at its range's start where it tells no time. */
export function eventsOf({ events }: MeterCase, times: CaseTimes): readonly ParsedEvent[] {
  let ids = 0;
  return events.flatMap((row) => {
    const at = row.t ?? row.time ?? row.offset;
    const time = typeof at === "string" ? timeOf(at, times) : times.from + (Number(row.day ?? 1) - 1) * day + hour;
    const data: EventData = Object.fromEntries(Object.entries(row).filter(([key]) => !notData.has(key)));
    const subjects = typeof row.subjects === "string" ? 5 : 0;
    return Array.from({ length: Number(row.n ?? 1) }, (_, i) =>
      event(`e${ids++}`, time, {
        data,
        ...(subjects === 0 ? {} : { customer: `customer-${i + 1}` as typeof ann }),
      }),
    );
  });
}

/** The meter that a case speaks of. */
export function meterOf({ aggregation, config }: MeterCase, more: Partial<Meter> = {}): Meter {
  const name = aggregation === "avg" ? "average" : aggregation;
  const known = aggregationNames.find((candidate): candidate is AggregationName => candidate === name);
  if (known === undefined) throw new Error(`no aggregation is called ${name}`);
  const path = typeof config.value === "string" ? config.value.replace("$.", "") : "v";
  const groupBy = Array.isArray(config.group_by) ? config.group_by.map(String) : [];
  return { ...requests, key: "m", aggregation: known, value: path, groupBy, ...more };
}

/** Runs events through ingest and, in one of two stages, rolls, and asks for usage: the same before and after them. */
export async function usageOfCase(
  meter: Meter,
  events: readonly ParsedEvent[],
  query: Pick<UsageQuery, "from" | "to"> & Partial<UsageQuery>,
): Promise<readonly UsageRow[]> {
  const first = Math.min(query.from, ...events.map(({ time }) => time));
  const world = await meteringWorld(firstShardPlan(first - hour));
  await world.meters.publishMeters(merchant, { revision: 2, meters: [meter] });
  world.at(Math.max(query.to, ...events.map(({ time }) => time)) + 3 * hour);
  for (const one of events.toReversed()) await world.send(one);
  const whole = { merchant, meter: meter.key, window: "none", groupBy: [], timezone: "UTC", ...query } as const;
  const ask = async () => {
    const usage = await queryUsage(world, whole);
    if (!usage.ok) throw new Error(usage.error.code);
    return usage.value.rows;
  };
  const fresh = await ask();
  await rollClosedHours(world, world.shard);
  await rollMarked(world, world.shard);
  const rolled = await ask();
  if (JSON.stringify(rolled.map(shownRow)) !== JSON.stringify(fresh.map(shownRow)))
    throw new Error("usage is not the same before a roll and after it");
  return rolled;
}

const shownRow = ({ from, group, customer, value }: UsageRow) => [from, group, customer, value && formatDecimal(value)];

/** A value as a case shows it: with its number of decimals. */
export function roundedLike(value: Decimal | null, like: string, rounding: Rounding): string | null {
  if (value === null) return null;
  const decimals = like.split(".")[1]?.length ?? 0;
  const digits = digitsAt(value, Math.max(value.scale, decimals));
  const by = 10n ** BigInt(Math.max(value.scale - decimals, 0));
  const kept = { digits: divideRounded(digits, by, rounding), scale: decimals };
  return formatDecimal(kept)
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
}
