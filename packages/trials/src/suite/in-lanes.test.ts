import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { inLanes, nextStep } from "./in-lanes.ts";
import { type Step, steps } from "./steps.ts";

const step = (name: string, after: readonly string[] = []): Step => ({
  name,
  group: "test",
  command: "true",
  args: [],
  counts: false,
  after,
});

describe("nextStep", () => {
  test.for([
    { waiting: [], running: [], next: undefined, why: "nothing waits" },
    { waiting: [step("a"), step("b")], running: [], next: "a", why: "the first one" },
    { waiting: [step("b")], running: [step("a")], next: "b", why: "one lane is free" },
    { waiting: [step("c")], running: [step("a"), step("b")], next: undefined, why: "no lane is free" },
    { waiting: [step("b", ["a"])], running: [step("a")], next: undefined, why: "what it comes after runs" },
    { waiting: [step("b", ["c"]), step("c")], running: [], next: "c", why: "what it comes after waits" },
    { waiting: [step("b", ["a"])], running: [], next: "b", why: "what it comes after is over, or was left out" },
  ])("$next: $why", ({ waiting, running, next }) => {
    expect(nextStep(waiting, running, 2)?.name).toBe(next);
  });
});

/** Runs steps that end when they are told to, and notes what happens. */
async function played(all: readonly Step[], ends: readonly string[]): Promise<readonly string[]> {
  const notes: string[] = [];
  const running = new Map<string, () => void>();
  const whole = inLanes(
    all,
    async ({ name }) => {
      notes.push(`+${name}`);
      await new Promise<void>((done) => running.set(name, done));
      notes.push(`-${name}`);
    },
    2,
  );
  for (const name of ends) {
    await turn();
    running.get(name)?.();
  }
  await whole;
  return notes;
}

describe("inLanes", () => {
  test("starts each step as soon as it may", async () => {
    const all = [step("a"), step("b"), step("c", ["b"]), step("d", ["a"]), step("e")];
    expect(await played(all, ["a", "d", "b", "e", "c"])).toEqual([
      "+a",
      "+b",
      "-a",
      "+d",
      "-d",
      "+e",
      "-b",
      "+c",
      "-e",
      "-c",
    ]);
  });

  test("passes on what a step throws", async () => {
    await expect(inLanes([step("a")], () => Promise.reject(new Error("no luck")), 2)).rejects.toThrow("no luck");
  });

  test("says so where steps wait for each other", async () => {
    const all = [step("a", ["b"]), step("b", ["a"])];
    await expect(inLanes(all, async () => {}, 2)).rejects.toThrow("waits for another: a, b");
  });

  test("leaves no step out", async () => {
    const ran: string[] = [];
    await inLanes(steps, async ({ name }) => void ran.push(name), 2);
    expect(ran.toSorted()).toEqual(steps.map(({ name }) => name).toSorted());
  });
});
