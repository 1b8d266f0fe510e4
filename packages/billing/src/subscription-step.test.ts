import { err, ok } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { SubscriptionEvent } from "./subscription-event.ts";
import { standingOf } from "./subscription-standing.ts";
import { type Asked, nextStep } from "./subscription-step.ts";
import { day, start, subscription } from "./world.fixture.ts";

const text = (days: number) => new Date(start + days * day).toISOString();

/** A subscription from the start on, with what became of it: "pause 3" on its third day. */
const became = (...steps: readonly string[]) => {
  const events = steps.map((step, index): SubscriptionEvent => {
    const [kind = "", days] = step.split(" ");
    return { number: index + 1, kind: kind as SubscriptionEvent["kind"], at: start + Number(days) * day, createdAt: 0 };
  });
  return subscription({ id: "a", start, ...(events.length === 0 ? {} : { events }) });
};
const asked = (kind: Asked["kind"], days: number, isNamed = true): Asked => ({ kind, at: start + days * day, isNamed });
const next = subscription({ id: "b", start: start + 20 * day });

describe("nextStep", () => {
  test.for<{ steps: string[]; ask: Asked; at: number | undefined; why: string }>([
    { steps: [], ask: asked("cancel", 5), at: 5, why: "it runs" },
    { steps: [], ask: asked("cancel", -5), at: 0, why: "before its start it never starts" },
    { steps: ["cancel 5"], ask: asked("cancel", 5), at: undefined, why: "the same again" },
    { steps: ["cancel 5"], ask: asked("cancel", 6, false), at: undefined, why: "over already" },
    { steps: ["cancel 9"], ask: asked("cancel", 6, false), at: 6, why: "earlier than it was to end" },
    { steps: ["pause 3"], ask: asked("cancel", 6), at: 6, why: "paused" },
    { steps: [], ask: asked("pause", 3), at: 3, why: "it runs" },
    { steps: [], ask: asked("pause", 0), at: 0, why: "from its start on" },
    { steps: ["pause 3"], ask: asked("pause", 3), at: undefined, why: "the same again" },
    { steps: ["pause 3"], ask: asked("pause", 4, false), at: undefined, why: "paused already" },
    { steps: ["pause 3"], ask: asked("resume", 4), at: 4, why: "paused" },
    { steps: ["pause 3"], ask: asked("resume", 3), at: 3, why: "as if it never was" },
    { steps: ["pause 3", "resume 4"], ask: asked("resume", 4), at: undefined, why: "the same again" },
    { steps: ["pause 3", "resume 4"], ask: asked("resume", 5, false), at: undefined, why: "running already" },
    { steps: ["pause 3", "resume 4"], ask: asked("pause", 4), at: 4, why: "again" },
    { steps: ["cancel 9"], ask: asked("pause", 8), at: 8, why: "before its end" },
  ])("lets $steps $ask.kind: $why", ({ steps, ask, at }) => {
    expect(nextStep(became(...steps), [became(...steps)], ask)).toEqual(ok(at === undefined ? at : start + at * day));
  });

  test.for<{ steps: string[]; ask: Asked; error: object; why: string }>([
    {
      steps: ["cancel 5"],
      ask: asked("cancel", 6),
      error: { code: "already_cancelled", end: text(5) },
      why: "for an earlier instant",
    },
    { steps: [], ask: asked("cancel", 20), error: { code: "subscription_ended", end: text(20) }, why: "taken over" },
    { steps: [], ask: asked("pause", 20), error: { code: "subscription_ended", end: text(20) }, why: "taken over" },
    {
      steps: ["cancel 5"],
      ask: asked("pause", 5),
      error: { code: "subscription_ended", end: text(5) },
      why: "cancelled by then",
    },
    {
      steps: ["pause 3", "cancel 5"],
      ask: asked("resume", 6),
      error: { code: "subscription_ended", end: text(5) },
      why: "cancelled by then",
    },
    {
      steps: ["pause 3"],
      ask: asked("pause", 4),
      error: { code: "already_paused", since: text(3) },
      why: "since another instant",
    },
    { steps: [], ask: asked("resume", 4), error: { code: "not_paused" }, why: "it runs" },
    { steps: ["pause 3", "resume 4"], ask: asked("resume", 5), error: { code: "not_paused" }, why: "it runs again" },
    {
      steps: [],
      ask: asked("pause", -1),
      error: { code: "out_of_order", notBefore: text(0) },
      why: "before its start",
    },
    {
      steps: ["pause 3"],
      ask: asked("resume", 2),
      error: { code: "out_of_order", notBefore: text(3) },
      why: "before its pause",
    },
    {
      steps: ["pause 3", "resume 4"],
      ask: asked("pause", 3.5),
      error: { code: "out_of_order", notBefore: text(4) },
      why: "before it went on",
    },
  ])("refuses to $ask.kind $steps as $error.code: $why", ({ steps, ask, error }) => {
    expect(nextStep(became(...steps), [became(...steps), next], ask)).toEqual(err(error));
  });
});

describe("standingOf", () => {
  test.for<{ steps: string[]; at: number; status: string; end?: number; why: string }>([
    { steps: [], at: 1, status: "active", end: 20, why: "until the next" },
    { steps: [], at: 20, status: "ended", end: 20, why: "at the next one's start" },
    { steps: [], at: -1, status: "scheduled", end: 20, why: "before its start" },
    { steps: ["pause 3"], at: 3, status: "paused", end: 20, why: "from the pause on" },
    { steps: ["pause 3"], at: 2.9, status: "active", end: 20, why: "up to the pause" },
    { steps: ["pause 3", "resume 4"], at: 4, status: "active", end: 20, why: "resumed" },
    { steps: ["cancel 5"], at: 4.9, status: "active", end: 5, why: "to be cancelled" },
    { steps: ["cancel 5"], at: 5, status: "ended", end: 5, why: "cancelled" },
    { steps: ["cancel 0"], at: -1, status: "ended", end: 0, why: "never starts" },
  ])("is $status: $why", ({ steps, at, status, end = 0 }) => {
    const one = became(...steps);
    expect(standingOf(one, [one, next], start + at * day)).toEqual({ status, end: start + end * day });
  });

  test("ends by none that never starts", () => {
    const never = { ...next, events: [{ number: 1, kind: "cancel" as const, at: next.start, createdAt: 0 }] };
    expect(standingOf(became(), [became(), never], start).end).toBe(Number.POSITIVE_INFINITY);
  });
});
