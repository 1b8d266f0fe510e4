import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Batch, nextStep, type RetryPolicy } from "./stream-batch.ts";

const same = (record: string): string => record;
const batch = (records: string, retries = 0): Batch<string> => ({ records: records.split(""), retries });
const failed = { kind: "failed" } as const;
const partly = (...ids: string[]) => ({ kind: "partly", failed: new Set(ids) }) as const;

describe("nextStep", () => {
  test.for([
    {
      why: "all of it was taken",
      given: batch("abc"),
      verdict: { kind: "done" } as const,
      policy: { bisects: true },
      step: { finished: ["a", "b", "c"], givenUp: [], next: [], backOff: false },
    },
    {
      why: "it goes on from the lowest failure, not past it",
      given: batch("abcd", 1),
      verdict: partly("d", "c"),
      policy: { bisects: true, maximumRetries: 1 },
      step: { finished: ["a", "b"], givenUp: [], next: [batch("cd")], backOff: true },
    },
    {
      why: "a batch that got no further is halved, and that is no retry",
      given: batch("abc", 1),
      verdict: failed,
      policy: { bisects: true, maximumRetries: 1 },
      step: { finished: [], givenUp: [], next: [batch("ab", 1), batch("c", 1)], backOff: true },
    },
    {
      why: "without bisecting it is tried again whole",
      given: batch("ab"),
      verdict: failed,
      policy: { bisects: false, maximumRetries: 1 },
      step: { finished: [], givenUp: [], next: [batch("ab", 1)], backOff: true },
    },
    {
      why: "out of retries it is given up",
      given: batch("ab", 1),
      verdict: failed,
      policy: { bisects: false, maximumRetries: 1 },
      step: { finished: ["a", "b"], givenUp: ["a", "b"], next: [], backOff: false },
    },
    {
      why: "a single record cannot be halved",
      given: batch("a", 1),
      verdict: partly("a"),
      policy: { bisects: true, maximumRetries: 1 },
      step: { finished: ["a"], givenUp: ["a"], next: [], backOff: false },
    },
    {
      why: "without a limit it is tried for ever",
      given: batch("a", 1000),
      verdict: failed,
      policy: { bisects: true },
      step: { finished: [], givenUp: [], next: [batch("a", 1001)], backOff: true },
    },
  ])("$why", ({ given, verdict, policy, step }) => {
    expect(nextStep(given, verdict, policy, same)).toEqual(step);
  });

  test("deals with every record once, in order, whichever are poison", () => {
    const poisonSets = fc.array(fc.boolean(), { minLength: 1, maxLength: 24 });
    const policies = fc.record({ bisects: fc.constant(true), maximumRetries: fc.nat(3) });
    fc.assert(
      fc.property(poisonSets, policies, fc.boolean(), (poison, policy: RetryPolicy, reports) => {
        const records = poison.map((_, at) => at);
        const bad = (record: number): boolean => poison[record] === true;
        const done: number[] = [];
        const givenUp: number[] = [];
        let work: readonly Batch<number>[] = [{ records, retries: 0 }];
        for (let steps = 0; work[0] !== undefined && steps < 10_000; steps++) {
          const [first, ...later] = work;
          const failures = first.records.filter(bad);
          const verdict =
            failures.length === 0
              ? ({ kind: "done" } as const)
              : reports
                ? ({ kind: "partly", failed: new Set(failures.map(String)) } as const)
                : failed;
          const step = nextStep(first, verdict, policy, String);
          done.push(...step.finished);
          givenUp.push(...step.givenUp);
          work = [...step.next, ...later];
        }
        expect(done).toEqual(records);
        expect(givenUp).toEqual(records.filter(bad));
      }),
    );
  });
});
