import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hourPlus } from "./hour.ts";
import { LogSnapshot } from "./log-snapshot.ts";
import { memoryStatementLog } from "./memory.ts";
import { ann, refOf, tenth } from "./metering.fixture.ts";
import type { Statement, StatementLog } from "./statement.ts";
import { emptyTally } from "./tally.ts";

const customer = refOf(ann);

const statement = (number: number, after: number): Statement => ({
  number,
  hour: hourPlus(tenth, after),
  root: String(number).padStart(64, "0"),
  counts: { events: 0, voids: 0, duplicates: 0, conflicts: 0 },
  first: 0,
  last: 0,
  tally: emptyTally,
  meterRevision: 0,
  page: { kind: "inline", blob: new Uint8Array() },
});

async function logOf(hours: readonly number[]): Promise<StatementLog> {
  const log = memoryStatementLog();
  for (const [index, after] of hours.entries()) await log.append(customer, statement(index + 1, after));
  return log;
}

const hours = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 6 });
const options = { numRuns: 40, seed: 1 };

describe("LogSnapshot", () => {
  test.for([
    { entries: 0, from: 1, last: 0, why: "an empty log" },
    { entries: 3, from: 1, last: 3, why: "from its beginning" },
    { entries: 3, from: 3, last: 3, why: "from its last entry" },
    { entries: 3, from: 4, last: 3, why: "from behind its last entry" },
  ])("of $entries entries from $from ends at $last: $why", async ({ entries, from, last }) => {
    const log = await logOf(Array.from({ length: entries }, () => 0));
    const snapshot = await LogSnapshot.of(log, customer, from);
    expect([snapshot.last, await snapshot.lastNumber()]).toEqual([last, last]);
  });

  test("answers as the log did, whatever is appended after", async () => {
    await fc.assert(
      fc.asyncProperty(hours, hours, fc.integer({ min: 1, max: 7 }), async (before, after, from) => {
        const start = Math.min(from, before.length + 1);
        const [log, asItWas] = [await logOf(before), await logOf(before)];
        const snapshot = await LogSnapshot.of(log, customer, start);
        for (const [index, hour] of after.entries())
          await log.append(customer, statement(before.length + index + 1, hour));
        for (let at = 0; at < 6; at++) {
          expect(await snapshot.entriesFrom(customer, at + 1)).toEqual(await asItWas.entriesFrom(customer, at + 1));
          const range = [customer, hourPlus(tenth, at - 1), hourPlus(tenth, at + 1)] as const;
          expect(await snapshot.entriesOfHours(...range)).toEqual(await asItWas.entriesOfHours(...range));
        }
      }),
      options,
    );
  });

  test("passes writes and chunks through", async () => {
    const log = memoryStatementLog();
    const snapshot = await LogSnapshot.of(log, customer, 1);
    expect(await snapshot.append(customer, statement(1, 0))).toBe("appended");
    await snapshot.putChunk(customer, "k", 0, new Uint8Array([7]));
    expect(await snapshot.chunk(customer, "k", 0)).toEqual(await log.chunk(customer, "k", 0));
    expect(await log.lastNumber(customer)).toBe(1);
  });
});
