import { describe, expect, test } from "vitest";
import { memoryStatementLog } from "./memory.ts";
import { ann, bob, refOf } from "./metering.fixture.ts";
import { itemBytes, spill, unspill } from "./spill.ts";

const blobOf = (length: number) => Uint8Array.from({ length }, (_, i) => i % 251);

describe("a blob that is too large for its item", () => {
  test.for([
    { length: 0, parts: 0 },
    { length: 1, parts: 1 },
    { length: itemBytes, parts: 1 },
    { length: itemBytes + 1, parts: 2 },
    { length: 2 * itemBytes + 1, parts: 3 },
  ])("of $length bytes lies in $parts parts, and comes back whole", async ({ length, parts }) => {
    const log = memoryStatementLog();
    const spilled = await spill(log, refOf(ann), blobOf(length));
    expect(spilled.parts).toBe(parts);
    expect(Buffer.compare(await unspill(log, refOf(ann), spilled), blobOf(length))).toBe(0);
    expect(await spill(log, refOf(ann), blobOf(length))).toEqual(spilled);
  });

  test("is the customer's own", async () => {
    const log = memoryStatementLog();
    const spilled = await spill(log, refOf(ann), blobOf(1));
    await expect(unspill(log, refOf(bob), spilled)).rejects.toThrow();
  });
});
