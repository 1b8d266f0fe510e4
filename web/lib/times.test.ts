import { expect, test } from "vitest";
import { isMidnight, periodText, timeText, utcText } from "./times.ts";

test("a moment is written in the zone that was asked for", () => {
  expect(timeText("2026-11-17T12:04:31Z", "Asia/Kolkata", "second")).toBe("17 Nov 2026, 17:34:31");
  expect(timeText("2026-11-17T00:00:00Z", "UTC", "clock")).toBe("00:00:00");
});

test("UTC is written beside it", () => {
  expect(utcText("2026-11-17T12:04:31.123Z")).toBe("2026-11-17 12:04:31 UTC");
});

test("a text that is no time is shown as it is", () => {
  expect(timeText("soon", "UTC", "day")).toBe("soon");
  expect(utcText("soon")).toBe("soon");
});

test.for([
  { from: "2015-05-01T00:00:00Z", to: "2015-06-01T00:00:00Z", zone: "UTC", text: "1 May 2015 to 31 May 2015" },
  { from: "2015-05-01T00:00:00Z", to: "2015-05-02T00:00:00Z", zone: "UTC", text: "1 May 2015" },
  {
    from: "2015-05-01T00:00:00Z",
    to: "2015-05-02T00:00:00Z",
    zone: "Asia/Kolkata",
    text: "1 May 2015, 05:30 to 2 May 2015, 05:30",
  },
  { from: "2026-10-25T00:00:00+02:00", to: "2026-10-26T00:00:00+01:00", zone: "Europe/Berlin", text: "25 Oct 2026" },
])("$text in $zone", ({ from, to, zone, text }) => {
  expect(periodText(from, to, zone)).toBe(text);
});

test("midnight depends on the zone", () => {
  expect(isMidnight("2026-11-16T18:30:00Z", "Asia/Kolkata")).toBe(true);
  expect(isMidnight("2026-11-16T18:30:00Z", "UTC")).toBe(false);
});
