import { leafHash, treeHead } from "@farthing/proof";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fact } from "./event.ts";
import { hourStart } from "./hour.ts";
import { foldHour } from "./hour-fold.ts";
import { noMeters } from "./meter.ts";
import { ann, event, factsOf, merged, meters, stored, ten, tenth, voiding } from "./metering.fixture.ts";
import { byCustomer, concatenate, inTimeOrder } from "./selection.ts";
import { draftStatement } from "./statement-draft.ts";
import { MeterReaders } from "./tally-builder.ts";

const withMeters = { set: meters, readers: new MeterReaders(meters) };

function foldOf(batches: readonly (readonly Fact[])[]) {
  const rows = byCustomer(merged(...batches.map((facts, i) => stored(facts, ten + i)))).get(ann);
  if (rows === undefined) throw new Error("no rows");
  return foldHour(rows, [], []);
}

const draftOf = (...batches: readonly (readonly Fact[])[]) =>
  draftStatement(tenth, foldOf(batches), withMeters)?.statement;

describe("draftStatement", () => {
  test("counts the rows of each part, and spans its events alone", () => {
    const facts = [
      event("b", ten + 2),
      event("a", ten + 2),
      event("a", ten + 9),
      event("a", ten + 2),
      voiding("v", ten + 30),
    ];
    expect(draftOf(facts)).toMatchObject({
      hour: tenth,
      counts: { events: 2, voids: 1, duplicates: 1, conflicts: 1 },
      first: ten + 2,
      last: ten + 2,
      meterRevision: 1,
    });
  });

  test("of voids alone spans nothing, at its hour's beginning", () => {
    expect(draftOf([voiding("v", ten + 30)])).toMatchObject({ first: hourStart(tenth), last: hourStart(tenth) });
  });

  test("is none where a fold found nothing", () => {
    const nothing = { from: merged(stored([event("a", ten)])), row: new Uint32Array() };
    const fold = { events: nothing, voids: nothing, duplicates: nothing, conflicts: nothing };
    expect(draftStatement(tenth, fold, withMeters)).toBeUndefined();
  });

  const facts: fc.Arbitrary<Fact> = fc
    .record({ id: fc.stringMatching(/^[a-d]$/), time: fc.nat(3), size: fc.nat(1), isVoid: fc.boolean() })
    .map(({ id, time, size, isVoid }) =>
      isVoid
        ? voiding(id, ten + time)
        : event(id, ten + time, { data: { bytes: size, long: "x".repeat(size * 1500) } }),
    );
  const batches = fc.array(fc.array(facts, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 });

  test("has the Merkle root of its rows, each with its part, in order of (time, id)", () => {
    fc.assert(
      fc.property(batches, (all) => {
        const fold = foldOf(all);
        const parts = [fold.events, fold.voids, fold.duplicates, fold.conflicts].map(inTimeOrder);
        const leaves = parts.flatMap(({ from, row }, part) =>
          [...row].map((at) => leafHash(Buffer.concat([Uint8Array.of(part), from.canonicalEvent(at)]))),
        );
        expect(draftOf(...all)?.root).toBe(Buffer.from(treeHead(leaves)).toString("hex"));
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  test("has a root that no meter and no way of bundling changes, and every row does", () => {
    const sent = fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sent, fc.nat(6), (times, cut) => {
        const events = times.map((time) => event(`e${time}`, ten + time));
        const root = draftOf(events)?.root;
        const parts = [events.slice(0, cut), events.slice(cut)].filter(({ length }) => length > 0);
        expect(draftOf(...parts)?.root).toBe(root);
        const bare = { set: noMeters, readers: new MeterReaders(noMeters) };
        expect(draftStatement(tenth, foldOf([events.toReversed()]), bare)?.statement.root).toBe(root);
        expect(draftOf([...events, event("more", ten)])?.root).not.toBe(root);
        expect(draftOf(events.map((one) => ({ ...one, data: { bytes: 11 } })))?.root).not.toBe(root);
      }),
      { numRuns: 30, seed: 2 },
    );
  });

  test("holds what it was drafted from", () => {
    const all = [[event("b", ten), voiding("v", ten)], [event("b", ten)]];
    const fold = foldOf(all);
    const rows = concatenate([fold.events, fold.voids, fold.duplicates, fold.conflicts]);
    expect(factsOf(rows)).toEqual([event("b", ten), voiding("v", ten), event("b", ten)]);
    expect(draftOf(...all)?.page.kind).toBe("inline");
  });
});
