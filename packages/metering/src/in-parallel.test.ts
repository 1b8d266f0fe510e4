import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inParallel } from "./in-parallel.ts";

const later = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("inParallel", () => {
  test("runs each task once, a few at once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat(2), { maxLength: 12 }),
        async (atOnce, waits) => {
          const done: number[] = [];
          let [running, most] = [0, 0];
          await inParallel(atOnce, [...waits.entries()], async ([index, wait]) => {
            most = Math.max(most, ++running);
            for (let i = 0; i < wait; i++) await later();
            running -= 1;
            done.push(index);
          });
          expect(done.toSorted((a, b) => a - b)).toEqual([...waits.keys()]);
          expect(most).toBeLessThanOrEqual(atOnce);
          expect(running).toBe(0);
        },
      ),
      { numRuns: 30, seed: 1 },
    );
  });

  test("throws the first failure after the tasks under way have ended", async () => {
    const ended: number[] = [];
    const work = inParallel(2, [1, 2, 3, 4], async (item) => {
      if (item === 1) throw new Error("one");
      await later();
      ended.push(item);
    });
    await expect(work).rejects.toThrow("one");
    expect(ended).toEqual([2, 3, 4]);
  });
});
