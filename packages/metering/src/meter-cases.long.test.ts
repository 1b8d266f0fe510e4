import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { formatDecimal, type Rounding } from "@farthing/money";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import type { ParsedEvent } from "./event.ts";
import type { Meter } from "./meter.ts";
import {
  type CaseTimes,
  day,
  eventsOf,
  type MeterCase,
  meterOf,
  roundedLike,
  timeOf,
  timesFrom,
  usageOfCase,
} from "./meter-cases.fixture.ts";
import { ann, event, merchant, meteringWorld, refOf } from "./metering.fixture.ts";
import { firstShardPlan } from "./shard.ts";
import { rollClosedHours } from "./shard-roll.ts";
import { queryUsage, type UsageQuery, type UsageRow } from "./usage.ts";
import { judge } from "./verdict.ts";

const shared = process.env.FARTHING_SHARED ?? resolve(import.meta.dirname, "../../../../shared");
const file = resolve(shared, "cases/meters.json");
const present = existsSync(file);
if (!present) console.warn(`SKIPPED: meter cases of other systems, no ${file}`);
const cases = present ? (JSON.parse(readFileSync(file, "utf8")) as MeterCase[]) : [];

/** What we decide differently, with our values; docs/metering.md, "Other systems", gives the reasons. */
const decidedElse: Readonly<Record<string, unknown>> = {
  M002: "2",
  M039: ["-5"],
  M041: ["aws 14", "gcp -5"],
  M048: ["1"],
  M050: ["1"],
  M067: ["20", null, "15"],
  M070: ["15", null, "10"],
  M071: ["10", null, "50"],
  M078: ["UTC", "UTC", "Asia/Kolkata", "unknown_timezone"],
  M080: ["13"],
};

interface Setting {
  readonly times?: CaseTimes;
  readonly meter?: Partial<Meter>;
  readonly query?: Partial<UsageQuery>;
  readonly rounding?: Rounding;
  /** Where a case describes its events. */
  readonly events?: (times: CaseTimes) => readonly ParsedEvent[];
}

const august = timesFrom("2023-08-01", 31);
const may = timesFrom("2023-05-01", 31, { "2023-03-01": Date.UTC(2023, 2, 1) });
const july = timesFrom("2022-07-09", 31, { "a month before": Date.UTC(2022, 5, 9) });
const june = timesFrom("2024-06-01", 30, {
  "3 months after start (before the period)": Date.UTC(2024, 3, 1),
  "one day before period end": Date.UTC(2024, 5, 29),
  "one day after the period end": Date.UTC(2024, 6, 2),
  "before the period": Date.UTC(2024, 4, 20),
  "period start": Date.UTC(2024, 5, 1),
  "period end": Date.UTC(2024, 6, 1),
  "day1 09:00": Date.UTC(2024, 5, 1, 9),
  "day1 17:00": Date.UTC(2024, 5, 1, 17),
});
const inLosAngeles = (from: string, to: string): Setting => {
  const at = (date: string) => Temporal.PlainDate.from(date).toZonedDateTime("America/Los_Angeles").epochMilliseconds;
  const times = { from: at(from), to: at(to), words: {} };
  return { times, query: { window: "day", timezone: "America/Los_Angeles" } };
};
const removable = { value: "unique_id", operation: "op" } as const;
const present31: Setting = { times: july, meter: removable, rounding: "up" };
const changes = (days: readonly number[]) => (times: CaseTimes) =>
  days.flatMap((at) => [
    event(`a${at}`, times.from + at * day, { data: { unique_id: "a", op: "add" } }),
    event(`b${at}`, times.from + at * day + 1, { data: { unique_id: "a", op: "remove" } }),
  ]);

const settings: Readonly<Record<string, Setting>> = {
  M004: { query: { window: "minute", to: june.from + 3 * day } },
  M005: { query: { window: "hour", to: june.from + 3 * day } },
  M006: { query: { window: "day" } },
  M007: { query: { groupBy: ["customer"] } },
  M008: inLosAngeles("2025-03-06", "2025-03-13"),
  M009: inLosAngeles("2025-10-30", "2025-11-06"),
  M025: { times: august },
  M026: { times: august },
  M027: { times: august },
  M030: {
    times: august,
    events: ({ from }) => [event("carried", from - 90 * day, { data: { v: 1000 } })],
  },
  M048: { meter: { value: "unique_id" } },
  M050: { meter: { value: "unique_id" } },
  M051: { times: may, rounding: "up" },
  M052: { times: may, rounding: "up" },
  M053: { times: may, rounding: "up" },
  M055: present31,
  M058: present31,
  M059: present31,
  M060: {
    ...present31,
    events: ({ from }) =>
      ["add", "remove", "add", "remove"].map((op, i) =>
        event(`e${i}`, from + day + i, { data: { unique_id: "a", op } }),
      ),
  },
  M061: { ...present31, events: changes([2, 9, 20]) },
  M063: { meter: { filter: { model: "lite" } } },
  M065: { meter: { filter: { model: { eq: "lite" } } } },
  M066: { meter: { filter: { model: { in: ["lite"] } } } },
  M067: { query: { window: "day", to: june.from + 3 * day } },
  M070: { query: { window: "day", to: june.from + 3 * day } },
  M071: { query: { window: "day", to: june.from + 3 * day } },
  M074: { times: timesFrom("2026-01-01", 31) },
  M075: { meter: { value: "u" } },
  M076: { times: timesFrom("2026-01-05", 3), query: { window: "day" } },
  M077: { times: timesFrom("2026-01-05", 2), query: { window: "day" } },
  // The filter is on the endpoint, which the case's words tell.
  M079: { meter: { filter: { endpoint: { in: ["inference", "embedding"] } } }, events: metered },
};

/** The events of M079, of which some differ from the others in what the case tells in words. */
function metered(times: CaseTimes): readonly ParsedEvent[] {
  const found = cases.find(({ id }) => id === "M079");
  return eventsOf(found ?? { id: "", aggregation: "", config: {}, events: [], expected: [] }, times).map((one, i) => {
    const why = found?.events[i]?.why;
    const data = { ...one.data, endpoint: why === "other code + embedding" ? "embedding" : "inference" };
    if (why === "other customer") return { ...one, data, customer: "other" as typeof ann };
    return { ...one, data, ...(String(why).startsWith("other code") ? { type: "other" } : {}) };
  });
}

const shown = ({ group, value }: UsageRow) =>
  [...Object.values(group ?? {}), value === null ? "none" : formatDecimal(value)].join(" ");
const plain = (rows: readonly UsageRow[]) => rows.map(({ value }) => (value === null ? null : formatDecimal(value)));

/** Runs a case by its setting: its rows, and what it was run with. */
async function run(one: MeterCase) {
  const { times = june, meter: more, query, events, rounding = "half-even" } = settings[one.id] ?? {};
  const meter = meterOf(one, more);
  const groups = meter.groupBy.length === 0 ? {} : { groupBy: meter.groupBy };
  const asked = { from: times.from, to: times.to, ...groups, ...query };
  const sent = events === undefined ? eventsOf(one, times) : events(times);
  const customer = one.id === "M079" ? { customer: ann } : {};
  return { rows: await usageOfCase(meter, sent, { ...asked, ...customer }), times, meter, sent, asked, rounding };
}

type Ran = Awaited<ReturnType<typeof run>>;

/** Holds rows against one expectation of a case, whichever of its forms that has. */
async function hold(expected: MeterCase["expected"][number], ran: Ran): Promise<void> {
  const { rows, times, meter, rounding } = ran;
  const valueAt = (row: UsageRow | undefined, like: string) => roundedLike(row?.value ?? null, like, rounding);
  if (expected.windows !== undefined) {
    const [from] = (expected.dst_window as string[]).map((text) => Temporal.PlainDate.from(text.slice(0, 10)));
    const start = from?.toZonedDateTime("America/Los_Angeles").epochMilliseconds;
    const changed = rows.find((row) => row.from === start);
    expect(plain(rows)).toEqual(Array.from({ length: Number(expected.windows) }, () => expected.each));
    expect(((changed?.to ?? 0) - (changed?.from ?? 0)) / 3_600_000).toBe(expected.dst_window_utc_hours);
    return;
  }
  if (expected.daily !== undefined) expect(plain(rows)).toEqual(expected.daily);
  const total = expected.total;
  if (typeof total === "string") {
    expect(plain(await usageOfCase(meter, ran.sent, { ...ran.asked, window: "none" }))).toEqual([total]);
  }
  const value = expected.value ?? expected.value_5dp;
  if (value === undefined && total !== undefined) return;
  if (expected.value === null) {
    expect(plain(rows)).toEqual([null]);
    return;
  }
  const row = rows.find((candidate) => meets(candidate, expected, times));
  expect(valueAt(row, String(value))).toBe(value);
}

function meets(row: UsageRow, expected: MeterCase["expected"][number], times: CaseTimes): boolean {
  if (typeof expected.from === "string") {
    const at = timeOf(expected.from, times);
    return row.from <= at && at < row.to;
  }
  if (expected.subject !== undefined) return row.customer === expected.subject;
  return Object.entries(row.group ?? {}).every(([path, value]) => expected[path] === value);
}

describe.skipIf(!present)("meter cases of other systems", () => {
  test("are all here, and those that we decide differently among them", () => {
    expect(cases).toHaveLength(55);
    const ids = new Set(cases.map(({ id }) => id));
    for (const id of [...Object.keys(decidedElse), ...Object.keys(settings)]) expect(ids).toContain(id);
  });

  const same = cases.filter(({ id }) => !(id in decidedElse));
  test.for(same)("$id: $aggregation", async (one) => {
    const ran = await run(one);
    for (const expected of one.expected) await hold(expected, ran);
    const windows = one.expected.filter(({ from }) => from !== undefined);
    if (windows.length > 0) {
      const empty = ran.rows.filter((row) => !windows.some((window) => meets(row, window, ran.times)));
      expect(empty.every(({ value }) => value === null || value.digits === 0n)).toBe(true);
    }
  });

  const other = cases.filter(({ id }) => id in decidedElse && id !== "M002" && id !== "M078");
  test.for(other)("$id: $aggregation, decided differently", async (one) => {
    const ran = await run(one);
    const ours = ran.meter.groupBy.length > 0 ? ran.rows.map(shown) : plain(ran.rows);
    const [expected] = one.expected;
    const theirs = expected?.daily ?? one.expected.map(({ cloud, value }) => [cloud ?? [], value].flat().join(" "));
    expect(ours).toEqual(decidedElse[one.id]);
    expect(ours).not.toEqual(theirs);
    if (typeof expected?.total === "string") await hold({ total: expected.total }, ran);
  });

  test("M002: an id again within 35 days is a copy, further away another event", async () => {
    const start = Date.UTC(2024, 0, 1);
    const world = await meteringWorld(firstShardPlan(start));
    world.at(start + 62 * day);
    for (let copy = 0; copy < 1000; copy++)
      await world.send(event("same", start + Math.floor((copy * 60 * day) / 999), { serverTime: true }));
    await rollClosedHours(world, world.shard);
    const to = await world.log.lastNumber(refOf(ann));
    const before = async () => new Set<string>();
    const { struck } = await judge(world.log, {
      customer: refOf(ann),
      from: 1,
      to,
      standing: [],
      struckBefore: before,
    });
    const entries = await world.log.entriesFrom(refOf(ann), 1);
    const events = entries.reduce((sum, { counts }) => sum + counts.events, 0);
    expect(String(events - struck.length)).toBe(decidedElse.M002);
  });

  test("M078: a name that is no zone is refused", async () => {
    const zones = cases.find(({ id }) => id === "M078");
    expect(zones).toBeDefined();
    const world = await meteringWorld();
    const answers = await Promise.all(
      ["UTC", "UTC", "Asia/Kolkata", "Not/ATimezone"].map(async (timezone) => {
        const asked = { merchant, meter: "requests", from: 0, to: day, window: "day", groupBy: [], timezone } as const;
        const usage = await queryUsage(world, asked);
        return usage.ok ? timezone : usage.error.code;
      }),
    );
    expect(answers).toEqual(decidedElse.M078);
  });
});
