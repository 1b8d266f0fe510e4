import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldHour } from "./hour-fold.ts";
import type { MeterSet } from "./meter.ts";
import {
  ann,
  bytes,
  event,
  hourMs,
  type MeteringWorld,
  merged,
  meteringWorld,
  meters,
  noise,
  refOf,
  requests,
  stored,
  ten,
  tenth,
} from "./metering.fixture.ts";
import { byCustomer } from "./selection.ts";
import type { Statement } from "./statement.ts";
import { draftStatement } from "./statement-draft.ts";
import { MeterReaders } from "./tally-builder.ts";
import { type TallyPart, tallyPart, tallyRows } from "./tally-range.ts";

const all = { from: ten, to: ten + hourMs };
const none: ReadonlySet<number> = new Set();
const whole: TallyPart = { ...all, meters, rolledBy: meters, struck: none };

/** A statement of events at these times after ten. */
async function statementOf(times: readonly number[], { log }: Pick<MeteringWorld, "log">): Promise<Statement> {
  const rows = byCustomer(
    merged(stored(times.map((time, i) => event(noise(i), ten + time, { data: { bytes: 10 ** (i % 9) } })))),
  ).get(ann);
  if (rows === undefined) throw new Error("no rows");
  const draft = draftStatement(tenth, foldHour(rows, [], []), { set: meters, readers: new MeterReaders(meters) });
  if (draft === undefined) throw new Error("no statement");
  const statement = { ...draft.statement, number: 1 };
  const { page } = statement;
  if (page.kind === "chunks")
    await Promise.all(draft.chunks.map((chunk, i) => log.putChunk(refOf(ann), page.key, i, chunk)));
  return statement;
}

describe("tallyPart", () => {
  const renamed: MeterSet = { revision: 2, meters: [{ ...bytes, name: "Bytes" }, requests] };
  const redefined: MeterSet = { revision: 3, meters: [{ ...bytes, groupBy: [], revision: 3 }, requests] };
  const fewer: MeterSet = { revision: 4, meters: [requests] };

  test.for<{ part: Partial<TallyPart>; bytes: string | undefined; ready: boolean; why: string }>([
    { part: {}, bytes: "111", ready: true, why: "all of it, by the same meters" },
    { part: { meters: renamed }, bytes: "111", ready: true, why: "a name changes no states" },
    { part: { meters: redefined }, bytes: "111", ready: false, why: "a definition does" },
    { part: { meters: fewer }, bytes: undefined, ready: false, why: "so does a meter that is gone" },
    { part: { struck: new Set([1]) }, bytes: "101", ready: false, why: "a row that does not count is left out" },
    { part: { from: ten }, bytes: "111", ready: true, why: "from its first event on" },
    { part: { from: ten + 1 }, bytes: "110", ready: false, why: "from just behind its first event on" },
    { part: { to: ten + 21 }, bytes: "111", ready: true, why: "to just behind its last event" },
    { part: { to: ten + 20 }, bytes: "11", ready: false, why: "to its last event, that is without it" },
    { part: { from: ten + 30, to: ten + 40 }, bytes: undefined, ready: false, why: "where no event is" },
  ])("reads rows only where it has to: $why", async ({ part, bytes: value, ready }) => {
    const world = await meteringWorld();
    const statement = await statementOf([0, 10, 20], world);
    const tally = await tallyPart(world.log, refOf(ann), statement, { ...whole, ...part });
    expect(tally.cells.find(({ meter }) => meter === "bytes")?.state).toBe(value);
    expect(tally === statement.tally).toBe(ready);
  });

  test("folds a statement of many chunks, each event once", async () => {
    const world = await meteringWorld();
    const statement = await statementOf(
      Array.from({ length: 300 }, (_, i) => i),
      world,
    );
    expect(statement.page.kind).toBe("chunks");
    const struck = new Set([0, 299]);
    const tally = await tallyPart(world.log, refOf(ann), statement, { ...whole, struck, to: ten + 299 });
    expect(tally.cells.find(({ meter }) => meter === "requests")?.state).toBe("298");
  });

  test("of any two ranges that make up a third come to the tally of that", async () => {
    const world = await meteringWorld();
    const times = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 9 });
    const cuts = fc.tuple(fc.nat(31), fc.nat(31), fc.nat(31)).map((all3) => all3.sort((a, b) => a - b));
    await fc.assert(
      fc.asyncProperty(times, cuts, async (sent, [from = 0, between = 0, to = 0]) => {
        const statement = await statementOf(sent, world);
        const count = async (start: number, end: number) => {
          const range = { from: ten + start, to: ten + end };
          const { cohorts } = await tallyPart(world.log, refOf(ann), statement, { ...whole, ...range });
          return cohorts.reduce((sum, { events }) => sum + events, 0);
        };
        expect((await count(from, between)) + (await count(between, to))).toBe(await count(from, to));
        expect(await count(0, 31)).toBe(sent.length);
      }),
      { numRuns: 30, seed: 1 },
    );
  });
});

describe("tallyRows", () => {
  test.for([
    { from: 0, to: 3, count: "3", why: "all" },
    { from: 1, to: 3, count: "2", why: "its start is in the range" },
    { from: 0, to: 2, count: "2", why: "its end is not" },
    { from: 1, to: 1, count: undefined, why: "nothing" },
  ])("takes the rows from $from up to $to: $why", ({ from, to, count }) => {
    const rows = byCustomer(merged(stored([0, 1, 2].map((time) => event(`e${time}`, ten + time))))).get(ann);
    const tally = rows && tallyRows(rows, meters, { range: { from: ten + from, to: ten + to } });
    expect(tally?.cells.find(({ meter }) => meter === "requests")?.state).toBe(count);
  });
});
