import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodePage, packPages } from "./codec/index.ts";
import type { Fact } from "./event.ts";
import { foldHour, type HourFold } from "./hour-fold.ts";
import type { StoredBundle } from "./journal.ts";
import { ann, bob, event, factsOf, hourMs, identityOf, merged, origin, ten, voiding } from "./metering.fixture.ts";
import { byCustomer, concatenate } from "./selection.ts";

const parts = ["events", "voids", "duplicates", "conflicts"] as const;

/** All rows of ann's in some bundles, in the order of a roll. */
function rowsOf(bundles: readonly StoredBundle[]) {
  const rows = byCustomer(merged(...bundles)).get(ann);
  if (rows === undefined) throw new Error("ann has no rows");
  return rows;
}

function shown(fold: HourFold): Readonly<Record<string, string>> {
  const named = parts.map((part) => [
    part,
    factsOf(fold[part])
      .map(({ id, source }) => `${source ?? ""}${id}`)
      .join(" "),
  ]);
  return Object.fromEntries(named.filter(([, ids]) => ids !== ""));
}

/** What a statement of a fold would name: its rows as a page. */
function pageOf(fold: HourFold) {
  const [page] = packPages(concatenate([fold.events, fold.voids, fold.duplicates, fold.conflicts]), { maxBytes: 1e6 });
  const decoded = page === undefined ? undefined : decodePage(page.blob);
  if (!decoded?.ok) throw new Error("no page");
  return decoded.value;
}

const other = { data: { bytes: 11 } };

describe("foldHour", () => {
  test.for<{ rows: Fact[]; fold: Record<string, string>; why: string }>([
    { rows: [event("a", ten), event("b", ten)], fold: { events: "a b" }, why: "two ids are two events" },
    { rows: [event("a", ten), event("a", ten)], fold: { events: "a", duplicates: "a" }, why: "a copy" },
    { rows: [event("a", ten), event("a", ten, other)], fold: { events: "a", conflicts: "a" }, why: "other data" },
    { rows: [event("a", ten), event("a", ten + 1)], fold: { events: "a", conflicts: "a" }, why: "another time" },
    {
      rows: [event("a", ten), event("a", ten, { type: "other" })],
      fold: { events: "a", conflicts: "a" },
      why: "another type",
    },
    {
      rows: [event("a", ten, { serverTime: true }), event("a", ten + 9, { serverTime: true })],
      fold: { events: "a", duplicates: "a" },
      why: "a time that the server set is not compared",
    },
    { rows: [event("a", ten), event("A", ten)], fold: { events: "a A" }, why: "ids have case" },
    {
      rows: [event("a", ten), event("a", ten, { source: "s" })],
      fold: { events: "a sa" },
      why: "another source is another event",
    },
    {
      rows: [event("a", ten), event("a", ten, { customer: bob })],
      fold: { events: "a" },
      why: "another customer's are apart",
    },
    {
      rows: [event("a", ten), voiding("a", ten), voiding("a", ten + 1), voiding("b", ten)],
      fold: { events: "a", voids: "a a b" },
      why: "voids are kept beside what they mean, every one",
    },
  ])("of one bundle: $why", ({ rows, fold }) => {
    expect(shown(foldHour(rowsOf([origin(rows)]), [], []))).toEqual(fold);
  });

  test("of copies in several bundles the first received counts", () => {
    const late = origin([event("a", ten, other)], ten + 2);
    const early = origin([event("b", ten), event("a", ten)], ten + 1);
    const fold = foldHour(rowsOf([late, early]), [], []);
    expect(factsOf(fold.events)).toEqual([event("b", ten), event("a", ten)]);
    expect(factsOf(fold.conflicts)).toEqual([event("a", ten, other)]);
  });

  test("of copies received together the one with the smaller digest counts", () => {
    const two = [origin([event("a", ten)]), origin([event("a", ten, other)])].sort((a, b) =>
      a.digest < b.digest ? -1 : 1,
    );
    const fold = foldHour(rowsOf(two.toReversed()), [], []);
    expect(factsOf(fold.events)).toEqual([two[0]?.bundle.fact(0)]);
  });

  test("rows that a page names are dropped, all others are compared with its events", () => {
    const first = origin([event("a", ten), event("b", ten), event("b", ten), voiding("v", ten)], ten + 5);
    const rolled = foldHour(rowsOf([first]), [], []);
    const page = pageOf(rolled);
    const known = [{ bundle: page, row: Uint32Array.from([0, 1]) }];
    const second = origin([event("b", ten, other), event("a", ten), event("c", ten), event("v", ten)], ten);
    expect(shown(foldHour(rowsOf([first, second]), [page], known))).toEqual({
      events: "c v",
      duplicates: "a",
      conflicts: "b",
    });
  });

  test("events of a neighbouring hour make copies too", () => {
    const before = origin([event("a", ten - 1), event("b", ten - 1, { serverTime: true })]);
    const known = [{ bundle: before.bundle, row: Uint32Array.from([0, 1]) }];
    const rows = rowsOf([origin([event("a", ten), event("b", ten, { serverTime: true }), event("c", ten)])]);
    expect(shown(foldHour(rows, [], known))).toEqual({ events: "c", duplicates: "b", conflicts: "a" });
  });
});

const facts: fc.Arbitrary<Fact> = fc
  .record({
    id: fc.constantFrom("a", "b", "c", "d"),
    size: fc.constantFrom(1, 2),
    time: fc.integer({ min: 0, max: hourMs - 1 }),
    serverTime: fc.boolean(),
    isVoid: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  })
  .map(({ id, size, time, serverTime, isVoid }) =>
    isVoid ? voiding(id, ten + time) : event(id, ten + time, { serverTime, data: { size } }),
  );
const origins = fc
  .array(fc.tuple(fc.array(facts, { minLength: 1, maxLength: 6 }), fc.nat(3)), { minLength: 1, maxLength: 4 })
  .map((all) => all.map(([rows, after]) => origin(rows, ten + after)));
const text = (fact: Fact) => JSON.stringify(fact);

describe("a fold of any rows", () => {
  test("puts each row in one part, and each identity once among the events", () => {
    fc.assert(
      fc.property(origins, (all) => {
        const rows = rowsOf(all);
        const fold = foldHour(rows, [], []);
        const placed = parts.flatMap((part) => factsOf(fold[part]));
        expect(placed.map(text).sort()).toEqual(factsOf(rows).map(text).sort());
        const counted = factsOf(fold.events).map(identityOf);
        expect(counted).toEqual([...new Set(counted)]);
        const sent = factsOf(rows).filter(({ kind }) => kind === "event");
        expect(new Set(counted)).toEqual(new Set(sent.map(identityOf)));
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test("is the same whatever order the bundles come in", () => {
    fc.assert(
      fc.property(origins, (all) => {
        expect(shown(foldHour(rowsOf(all.toReversed()), [], []))).toEqual(shown(foldHour(rowsOf(all), [], [])));
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  test("has nothing to add to what it made itself", () => {
    fc.assert(
      fc.property(origins, (all) => {
        const rows = rowsOf(all);
        const fold = foldHour(rows, [], []);
        const page = pageOf(fold);
        const known = [{ bundle: page, row: Uint32Array.from({ length: fold.events.row.length }, (_, row) => row) }];
        expect(shown(foldHour(rows, [page], known))).toEqual({});
      }),
      { numRuns: 40, seed: 3 },
    );
  });
});
