import { expect, test } from "vitest";
import { windowLabel } from "./window-labels.ts";

test.for([
  { window: "month", from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z", short: "Nov 2026", full: "Nov 2026" },
  { window: "day", from: "2026-11-17T00:00:00Z", to: "2026-11-18T00:00:00Z", short: "17 Nov", full: "17 Nov 2026" },
  {
    window: "hour",
    from: "2026-11-17T14:00:00Z",
    to: "2026-11-17T15:00:00Z",
    short: "17 Nov 14:00",
    full: "17 Nov 2026, 14:00 to 15:00",
  },
  {
    window: "minute",
    from: "2026-11-17T14:07:00Z",
    to: "2026-11-17T14:08:00Z",
    short: "17 Nov 14:07",
    full: "17 Nov 2026, 14:07 to 14:08",
  },
] as const)("a $window is called $full", ({ window, from, to, short, full }) => {
  expect(windowLabel(from, to, window, "UTC")).toEqual({ short, full });
});
