import { customerId, merchantId } from "@farthing/money";
import { anyCharacter } from "@farthing/money/any-character";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Hour } from "../hour.ts";
import { memoryStatementLog } from "../memory-statements.ts";
import type { PageRef, Statement } from "../statement.ts";
import type { Tally } from "../tally.ts";
import { decodeHeader, encodeHeader } from "./statement-item.ts";
import { readTally, storeTally } from "./tally-item.ts";

const customer = { merchant: merchantId("acme"), customer: customerId("a") };
const count = fc.nat();
const text = fc.oneof(fc.string({ unit: anyCharacter }), fc.constantFrom("__proto__", "\ud800", ""));

const page: fc.Arbitrary<PageRef> = fc.oneof(
  fc.record({ kind: fc.constant("inline" as const), blob: fc.uint8Array() }),
  fc.record({
    kind: fc.constant("chunks" as const),
    key: fc.stringMatching(/^[A-Za-z0-9_-]{1,50}$/),
    rows: fc.array(count),
    fingerprints: fc.nat(9),
  }),
);

const tally: fc.Arbitrary<Tally> = fc.record({
  cells: fc.array(fc.record({ meter: text, group: fc.array(fc.option(text)), state: text }), { size: "large" }),
  cohorts: fc.array(fc.record({ cells: fc.array(count), events: count })),
});

const header: fc.Arbitrary<Omit<Statement, "tally">> = fc.record(
  {
    number: fc.nat(999_999_999_999),
    hour: fc.nat(9_999_999).map((hour) => hour as Hour),
    root: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("hex")),
    counts: fc.record({ events: count, voids: count, duplicates: count, conflicts: count }),
    first: fc.maxSafeNat(),
    last: fc.maxSafeNat(),
    meterRevision: count,
    page,
    fingerprints: fc.uint32Array(),
  },
  {
    requiredKeys: ["number", "hour", "root", "counts", "first", "last", "meterRevision", "page"],
    noNullPrototype: true,
  },
);

describe("an item of a statement", () => {
  test("keeps every header", () => {
    fc.assert(
      fc.property(header, (one) => {
        const item = encodeHeader(customer, { ...one, tally: { cells: [], cohorts: [] } });
        expect(decodeHeader(item)).toEqual(one);
      }),
    );
  });

  test("keeps every tally", async () => {
    const chunks = memoryStatementLog();
    await fc.assert(
      fc.asyncProperty(tally, async (one) => {
        expect(await readTally(chunks, customer, await storeTally(chunks, customer, one))).toEqual(one);
      }),
    );
  });

  test("is refused without a page or a tally", async () => {
    const bare = { v: 1, sk: "1", lsi1sk: "0498000000000000001", r: new Uint8Array(32), c: "1", f: 1, l: 1, m: 0 };
    expect(() => decodeHeader(bare)).toThrow("no page");
    await expect(readTally(memoryStatementLog(), customer, bare)).rejects.toThrow("no tally");
  });
});
