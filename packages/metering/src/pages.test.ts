import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ann,
  event,
  merchant,
  meteringWorld,
  meters,
  noise,
  refOf,
  stored,
  ten,
  tenth,
  voiding,
} from "./metering.fixture.ts";
import { bytesOf, eventsPerPage, fingerprintsOf, meets, pagesOf } from "./pages.ts";
import { rollHour } from "./roll.ts";

const words = fc.array(fc.oneof(fc.nat(30), fc.nat(0xffffffff), fc.constantFrom(0, 0xffffffff)), { maxLength: 12 });
const sorted = (list: readonly number[]) => Uint32Array.from(list).sort();

describe("meets", () => {
  test.for([
    { a: [], b: [], met: false },
    { a: [1], b: [], met: false },
    { a: [1, 2, 3], b: [3], met: true },
    { a: [1, 3, 5], b: [0, 2, 4, 6], met: false },
    { a: [0xffffffff], b: [0, 0xffffffff], met: true },
  ])("of $a and $b is $met", ({ a, b, met }) => {
    expect(meets(sorted(a), sorted(b))).toBe(met);
  });

  test("tells whether two lists share a number", () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        expect(meets(sorted(a), sorted(b))).toBe(a.some((word) => b.includes(word)));
        expect(meets(sorted(b), sorted(a))).toBe(meets(sorted(a), sorted(b)));
      }),
      { seed: 1 },
    );
  });
});

test("numbers lie in chunks little-endian, four bytes each", () => {
  expect([...bytesOf(Uint32Array.from([1, 0xfffefdfc]))]).toEqual([1, 0, 0, 0, 0xfc, 0xfd, 0xfe, 0xff]);
});

describe("the rows of a statement", () => {
  test.for([
    { events: 1, kind: "inline", inHeader: false, why: "a small page lies inside it" },
    { events: 40, kind: "chunks", inHeader: true, why: "a larger one lies in a chunk" },
    { events: 100, kind: "chunks", inHeader: true, why: "100 fingerprints lie in its header" },
    { events: 101, kind: "chunks", inHeader: false, why: "more lie in chunks of their own" },
  ])("of $events events are read back with their fingerprints: $why", async ({ events, kind, inHeader }) => {
    const { log, register } = await meteringWorld();
    const rows = Array.from({ length: events }, (_, i) => event(noise(i), ten + i));
    const bundle = stored([...rows, voiding("v", ten), ...rows.slice(0, 1)]);
    await rollHour({ log, register }, { merchant, hour: tenth, meters }, [bundle]);
    const [statement] = await log.entriesFrom(refOf(ann), 1);
    if (statement === undefined) throw new Error("no statement");
    expect([statement.page.kind, statement.fingerprints !== undefined]).toEqual([kind, inHeader]);
    const pages = await pagesOf(log, refOf(ann), statement);
    const shown = pages.flatMap((page) => Array.from({ length: page.count }, (_, row) => page.fact(row)));
    expect(shown).toEqual([...rows, voiding("v", ten), ...rows.slice(0, 1)]);
    const hashes = pages.flatMap((page) => [...page.identityHashes().low]).slice(0, events);
    expect(await fingerprintsOf(log, refOf(ann), statement)).toEqual(sorted(hashes));
  });

  test("lie in many chunks where they are large, and come back in order", async () => {
    const { log, register } = await meteringWorld();
    const rows = Array.from({ length: 90 }, (_, i) => event(noise(i), ten + i, { data: { text: noise(-i, 8000) } }));
    const bundles = [rows.slice(0, 45), rows.slice(45)].map((part) => stored(part));
    await rollHour({ log, register }, { merchant, hour: tenth, meters }, bundles);
    const [statement] = await log.entriesFrom(refOf(ann), 1);
    const pages = statement === undefined ? [] : await pagesOf(log, refOf(ann), statement);
    expect(pages.length).toBeGreaterThan(1);
    expect(statement?.page).toMatchObject({ kind: "chunks", rows: pages.map(({ count }) => count) });
    const ids = pages.flatMap((page) => Array.from({ length: page.count }, (_, row) => page.id(row)));
    expect(ids).toEqual(rows.map(({ id }) => id));
  });

  test("of events first, in whatever pages they lie", () => {
    const page = (count: number) => ({ count }) as Parameters<typeof eventsPerPage>[0][number];
    const counts = (events: number) => eventsPerPage([page(3), page(2), page(4)], events).map((one) => one.events);
    expect([0, 2, 3, 4, 9].map(counts)).toEqual([
      [0, 0, 0],
      [2, 0, 0],
      [3, 0, 0],
      [3, 1, 0],
      [3, 2, 4],
    ]);
  });

  test("that do not decode are a broken invariant", async () => {
    const { log } = await meteringWorld();
    const page = { kind: "inline", blob: new Uint8Array([1]) } as const;
    await expect(pagesOf(log, refOf(ann), { page } as Parameters<typeof pagesOf>[2])).rejects.toThrow(
      "does not decode",
    );
  });
});
