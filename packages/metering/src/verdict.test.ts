import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fact } from "./event.ts";
import { hourOf } from "./hour.ts";
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
  voiding,
} from "./metering.fixture.ts";
import { rollHour } from "./roll.ts";
import type { StandingVoid } from "./standing-void.ts";
import { byTheRule, farCopies, loggedFacts, rolledOneByOne, rollOne } from "./verdict.fixture.ts";
import { identityWindowMs, judge, type StruckFact } from "./verdict.ts";

const day = 24 * hourMs;
const customer = refOf(ann);

/** Judges a log up to each of some entries in turn, as seals do; answers all that was struck, in order of entries. */
async function judged({ log }: MeteringWorld, frontiers: readonly number[]): Promise<readonly StruckFact[]> {
  const struck: StruckFact[] = [];
  const standing: StandingVoid[] = [];
  let last = 0;
  for (const to of frontiers) {
    const found = await judge(log, {
      customer,
      from: last + 1,
      to,
      standing,
      struckBefore: async (entry) =>
        new Set(struck.filter((fact) => fact.entry >= entry).map((fact) => `${fact.entry}/${fact.row}`)),
    });
    struck.push(...found.struck);
    standing.push(...found.voids);
    last = to;
  }
  return struck.toSorted((a, b) => a.entry - b.entry || a.row - b.row);
}

const shown = (struck: readonly StruckFact[]) => struck.map(({ entry, verdict }) => `${entry} ${verdict}`);
const server = { serverTime: true };

describe("judge", () => {
  test.for<{ facts: Fact[]; struck: string[]; why: string }>([
    { facts: [event("a", ten), event("b", ten + 5 * hourMs)], struck: [], why: "two ids" },
    {
      facts: [event("a", ten, server), event("a", ten + identityWindowMs, server)],
      struck: ["2 duplicate"],
      why: "a copy 35 days later",
    },
    {
      facts: [event("a", ten, server), event("a", ten + identityWindowMs + 1, server)],
      struck: [],
      why: "a millisecond more makes another event",
    },
    {
      facts: [event("a", ten, server), event("a", ten - identityWindowMs, server)],
      struck: ["2 duplicate"],
      why: "a copy 35 days before: the lowest entry counts, not the earliest time",
    },
    {
      facts: [event("a", ten, server), event("a", ten - identityWindowMs - 1, server)],
      struck: [],
      why: "a millisecond more before",
    },
    { facts: [event("a", ten), event("a", ten + day)], struck: ["2 conflict"], why: "another time is other content" },
    {
      facts: [event("a", ten, server), event("a", ten + day, { ...server, data: { bytes: 11 } })],
      struck: ["2 conflict"],
      why: "other data",
    },
    {
      facts: [event("a", ten), event("a", ten + day, { source: "s" })],
      struck: [],
      why: "another source is another event",
    },
    {
      facts: [event("a", ten, server), event("a", ten + 30 * day, server), event("a", ten + 60 * day, server)],
      struck: ["2 duplicate"],
      why: "in a chain the third is a copy of none that counts",
    },
    {
      facts: [event("a", ten + 30 * day, server), event("a", ten, server), event("a", ten + 60 * day, server)],
      struck: ["2 duplicate", "3 duplicate"],
      why: "the one in the middle came first and has both for copies",
    },
    { facts: [event("a", ten), voiding("a", ten + day)], struck: ["1 voided"], why: "a void after its event" },
    { facts: [event("a", ten), voiding("a", ten - day)], struck: ["1 voided"], why: "a void of an earlier hour" },
    { facts: [voiding("a", ten), event("a", ten + day)], struck: ["2 voided"], why: "a void before its event" },
    {
      facts: [voiding("a", ten), event("a", ten + 400 * day)],
      struck: ["2 voided"],
      why: "a void has no window",
    },
    {
      facts: [event("a", ten - 400 * day), voiding("a", ten)],
      struck: ["1 voided"],
      why: "nor before it",
    },
    {
      facts: [event("a", ten, server), event("a", ten + day, server), voiding("a", ten + 2 * day)],
      struck: ["1 voided", "2 duplicate"],
      why: "a copy stays a copy, what counted is voided",
    },
    {
      facts: [event("a", ten), event("a", ten + 100 * day), voiding("a", ten)],
      struck: ["1 voided", "2 voided"],
      why: "a void beats every event of its identity",
    },
    { facts: [event("a", ten), voiding("A", ten), voiding("a", ten, { source: "s" })], struck: [], why: "of others" },
  ])("strikes $struck: $why", async ({ facts, struck }) => {
    const world = await rolledOneByOne(facts);
    const whole = await judged(world, [facts.length]);
    expect(shown(whole)).toEqual(struck);
    const oneByOne = facts.map((_, index) => index + 1);
    expect(await judged(world, oneByOne)).toEqual(whole);
  });

  test("names the row and the time of what it strikes, behind the rows of other pages too", async () => {
    const world = await meteringWorld();
    await rollOne(world, event("b", ten + day), 0);
    const many = Array.from({ length: 50 }, (_, i) => event(`e${i}`, ten + i));
    await rollHour(world, { merchant, hour: hourOf(ten), meters }, [stored([...many, event("b", ten + 60)])]);
    expect(await judged(world, [2])).toEqual([{ entry: 2, row: 50, time: ten + 60, verdict: "conflict" }]);
  });

  test("strikes nothing and reads no rows where no hash repeats", async () => {
    const world = await rolledOneByOne([event("a", ten), event("b", ten + day)]);
    const log = {
      ...world.log,
      entriesFrom: world.log.entriesFrom.bind(world.log),
      entriesOfHours: world.log.entriesOfHours.bind(world.log),
    };
    expect(await judge(log, { customer, from: 1, to: 2, standing: [], struckBefore: never })).toEqual({
      struck: [],
      voids: [],
    });
    expect(await judge(log, { customer, from: 3, to: 2, standing: [], struckBefore: never })).toEqual({
      struck: [],
      voids: [],
    });
  });
});

async function never(): Promise<never> {
  throw new Error("asked for what was struck before");
}

describe("verdicts on any log", () => {
  test("are those of the rule, and which facts count never depends on where seals lie", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(farCopies, { minLength: 1, maxLength: 7 }), fc.array(fc.nat(6)), async (sent, cuts) => {
        const world = await rolledOneByOne(sent);
        const rows = await loggedFacts(world);
        const last = await world.log.lastNumber(customer);
        const expected = byTheRule(rows);
        const verdicts = await judged(world, [last]);
        const copy = (verdict: string) => (verdict === "voided" ? "voided" : "copy");
        expect(new Map(verdicts.map(({ entry, verdict }) => [entry, copy(verdict)]))).toEqual(expected);
        const frontiers = [...new Set([...cuts.filter((cut) => cut < last), last])].sort((a, b) => a - b);
        const inParts = await judged(world, frontiers);
        expect(inParts.map(({ entry }) => entry)).toEqual([...expected.keys()].sort((a, b) => a - b));
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});
