import { describe, expect, test } from "vitest";
import { thrownFacts, thrownFailure } from "./thrown.ts";

const named = (name: string, more: object = {}) => Object.assign(new Error("m"), { name, ...more });

describe("thrownFailure", () => {
  test.for<{ thrown: unknown; code: string; why: string }>([
    { thrown: named("ThrottlingException"), code: "too_many_requests", why: "throttled" },
    {
      thrown: new Error("electro", { cause: named("RequestLimitExceeded") }),
      code: "too_many_requests",
      why: "by its cause",
    },
    {
      thrown: new Error("electro", { cause: named("TransactionConflictException") }),
      code: "try_again",
      why: "a race",
    },
    { thrown: named("AggregateError", { code: "ECONNREFUSED" }), code: "try_again", why: "the store is away" },
    { thrown: named("TimeoutError"), code: "try_again", why: "out of time" },
    { thrown: named("ValidationException"), code: "internal", why: "a fault of ours" },
    { thrown: named("AccessDeniedException"), code: "internal", why: "a missing permission" },
    { thrown: "text", code: "internal", why: "no error at all" },
    { thrown: undefined, code: "internal", why: "nothing" },
  ])("$code: $why", ({ thrown, code }) => {
    expect(thrownFailure(thrown)).toEqual({ code });
  });

  test("a chain that bites its own tail ends", () => {
    const first: Error & { cause?: unknown } = new Error("a");
    first.cause = first;
    expect(thrownFailure(first)).toEqual({ code: "internal" });
  });
});

describe("thrownFacts", () => {
  test("tells where an error came from", () => {
    const facts = thrownFacts(new Error("outer", { cause: named("Inner", { code: "E1" }) }));
    expect(facts).toMatchObject({ error: "Error", reason: "outer", causes: "Inner E1: m" });
    expect(facts.stack).toContain("thrown.test.ts");
  });

  test("repeats nothing of what a parser read", () => {
    try {
      JSON.parse('{"card": 4242');
    } catch (error) {
      expect(JSON.stringify(thrownFacts(error))).not.toContain("4242");
    }
  });
});
