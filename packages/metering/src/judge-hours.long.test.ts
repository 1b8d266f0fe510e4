import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Hour, hourOf, hourPlus } from "./hour.ts";
import { type HourSpan, judgeHours } from "./judge-hours.ts";
import {
  ann,
  event,
  hourMs,
  type MeteringWorld,
  merchant,
  meteringWorld,
  meters,
  refOf,
  stored,
  ten,
  tenth,
} from "./metering.fixture.ts";
import { rollHour } from "./roll.ts";
import type { StatementLog } from "./statement.ts";
import { byTheRule, farCopies, loggedFacts, rolledOneByOne } from "./verdict.fixture.ts";
import { judge } from "./verdict.ts";

const customer = refOf(ann);
const day = 24 * hourMs;

describe("judgeHours", () => {
  test("strikes in any hours what the rule strikes there, however far the chain of copies goes", async () => {
    const hour = fc.integer({ min: -60 * 24, max: 60 * 24 }).map((after) => hourPlus(tenth, after));
    const facts = fc.array(farCopies, { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(facts, hour, hour, async (sent, a, b) => {
        const world = await rolledOneByOne(sent);
        const rows = await loggedFacts(world);
        const span = { from: Math.min(a, b) as Hour, to: Math.max(a, b) as Hour };
        const within = new Set(rows.filter(({ fact }) => isWithin(span, fact.time)).map(({ entry }) => entry));
        const expected = [...byTheRule(rows).keys()].filter((entry) => within.has(entry));
        const struck = await judgeHours(world.log, customer, span);
        expect(struck.map(({ entry }) => entry).sort((x, y) => x - y)).toEqual(expected.sort((x, y) => x - y));
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});

function isWithin({ from, to }: HourSpan, time: number): boolean {
  return hourOf(time) >= from && hourOf(time) < to;
}

/** A log whose reads are counted by what they ask for: rows of an entry, or its filter. */
function counting(log: StatementLog, filtersFrom: number) {
  const reads = { rows: 0, filters: 0 };
  const counted: StatementLog = {
    append: (...words) => log.append(...words),
    lastNumber: (...words) => log.lastNumber(...words),
    entriesFrom: (...words) => log.entriesFrom(...words),
    entriesOfHours: (...words) => log.entriesOfHours(...words),
    entriesWithVoids: (...words) => log.entriesWithVoids(...words),
    putChunk: (...words) => log.putChunk(...words),
    chunk: (who, key, index) => {
      reads[index >= filtersFrom ? "filters" : "rows"] += 1;
      return log.chunk(who, key, index);
    },
  };
  return { log: counted, reads };
}

/** A log of a month: so many entries of 150 events each, whose rows and filters lie in chunks. */
async function longLog(entries: number): Promise<MeteringWorld> {
  const world = await meteringWorld();
  for (let entry = 0; entry < entries; entry++) await rollMany(world, entry, `${entry}`);
  return world;
}

async function rollMany(world: MeteringWorld, after: number, name: string, ...more: string[]): Promise<void> {
  const at = ten + after * 6 * hourMs;
  const ids = [...Array.from({ length: 150 }, (_, i) => `${name}.${i}`), ...more];
  const facts = ids.map((id, i) => event(id, at + i, { data: { bytes: 10, note: `${id} ${i * 7919}` } }));
  await rollHour(world, { merchant, hour: hourOf(at), meters }, [stored(facts)]);
}

describe("a log of 120 entries with 18,000 events", () => {
  const struckBefore = async () => new Set<string>();

  test("is judged by its filters alone where no hash repeats", async () => {
    const { log, reads } = counting((await longLog(120)).log, 1);
    expect(await judge(log, { customer, from: 120, to: 120, standing: [], struckBefore })).toEqual({
      struck: [],
      voids: [],
    });
    expect(reads).toEqual({ rows: 0, filters: 120 });
    expect(await judgeHours(log, customer, { from: tenth, to: hourPlus(tenth, 30 * 24) })).toEqual([]);
    expect(reads.rows).toBe(0);
  });

  test("gives up the rows of two entries for one copy", async () => {
    const world = await longLog(120);
    await rollMany(world, 121, "last", "17.3");
    const { log, reads } = counting(world.log, 1);
    const { struck } = await judge(log, { customer, from: 121, to: 121, standing: [], struckBefore });
    expect(struck).toMatchObject([{ entry: 121, verdict: "conflict" }]);
    expect(reads.rows).toBe(2);
    expect(await judgeHours(log, customer, { from: hourPlus(tenth, 120 * 6), to: hourPlus(tenth, 122 * 6) })).toEqual(
      struck,
    );
    expect(reads.rows).toBe(4);
  });

  test("tells copies within 35 days from others, at both ends", async () => {
    const world = await longLog(141);
    await rollMany(world, 141, "end", "0.0", "1.0", "1.149", "2.0");
    const { struck } = await judge(world.log, { customer, from: 142, to: 142, standing: [], struckBefore });
    // The copies lie 35 days and 150 ms or so behind entry 1: only what stands late enough in it is within reach.
    expect(struck.map(({ time }) => time - ten)).toEqual([35.25 * day + 153]);
    const all = await judgeHours(world.log, customer, { from: tenth, to: hourPlus(tenth, 150 * 6) });
    expect(all).toEqual(struck);
  });
});
