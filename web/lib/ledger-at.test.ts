import { expect, test } from "vitest";
import { ledgerAt } from "./ledger-at.ts";

test.for([
  ["nothing is now", undefined, "UTC", undefined],
  ["a date ends in the zone", "2026-11-26", "Asia/Kolkata", "2026-11-26T18:30:00Z"],
  ["a date at the turn of a year", "2026-12-31", "UTC", "2027-01-01T00:00:00Z"],
  ["a moment stays", "2026-11-26T12:00:00Z", "Asia/Kolkata", "2026-11-26T12:00:00Z"],
  ["a day that there is not is left to the API", "2026-02-30", "UTC", "2026-02-30"],
  ["so is anything else", "yesterday", "UTC", "yesterday"],
] as const)("%s", ([, text, zone, at]) => {
  expect(ledgerAt(text, zone)).toBe(at);
});
