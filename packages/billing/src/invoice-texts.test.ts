import { describe, expect, test } from "vitest";
import { dateText, moneyText, numberText, periodText } from "./invoice-texts.ts";

describe("numberText", () => {
  test.for([
    ["0", "0"],
    ["999", "999"],
    ["1000", "1,000"],
    ["-1000", "-1,000"],
    ["123456", "123,456"],
    ["1234567.1234567", "1,234,567.1234567"],
    ["-0.0004", "-0.0004"],
    ["123456789012345678901234567890.123456789012", "123,456,789,012,345,678,901,234,567,890.123456789012"],
  ] as const)("writes %s as %s", ([decimal, text]) => expect(numberText(decimal)).toBe(text));
});

describe("moneyText", () => {
  test.for([
    ["1234.50", "USD", "en", "USD 1,234.50"],
    ["1234.50", "USD", "ko", "1,234.50 USD"],
    ["1234", "KRW", "ko", "1,234원"],
    ["1234", "KRW", "en", "KRW 1,234"],
  ] as const)("writes %s %s in %s as %s", ([decimal, currency, language, text]) =>
    expect(moneyText(decimal, currency, language)).toBe(text),
  );
});

describe("dates", () => {
  const at = Date.UTC(2026, 2, 31, 15);
  test.for([
    ["UTC", "en", "31 March 2026"],
    ["Asia/Seoul", "en", "1 April 2026"],
    ["Asia/Seoul", "ko", "2026년 4월 1일"],
  ] as const)("in %s and %s are %s", ([timezone, language, text]) =>
    expect(dateText(at, timezone, language)).toBe(text),
  );

  test.for([
    { from: "2026-03-01T00:00Z", to: "2026-04-01T00:00Z", timezone: "UTC", text: "1 March 2026 – 31 March 2026" },
    { from: "2026-03-01T00:00Z", to: "2026-03-02T00:00Z", timezone: "UTC", text: "1 March 2026" },
    { from: "2026-03-01T00:00Z", to: "2026-03-01T00:00Z", timezone: "UTC", text: "1 March 2026 00:00" },
    {
      from: "2026-03-01T00:00Z",
      to: "2026-03-01T10:30Z",
      timezone: "UTC",
      text: "1 March 2026 00:00 – 1 March 2026 10:30",
    },
    {
      from: "2026-02-28T15:00Z",
      to: "2026-03-31T15:00Z",
      timezone: "Asia/Seoul",
      text: "1 March 2026 – 31 March 2026",
    },
  ])("from $from to $to in $timezone are $text", ({ from, to, timezone, text }) => {
    const period = { from: Date.parse(from), to: Date.parse(to) };
    expect(periodText(period, { timezone, language: "en" })).toBe(text);
  });
});
