import { currency, customerId, merchantId, picos } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { LetterKind } from "./collection.ts";
import { newCollection } from "./collection-plan.ts";
import { lettersOf } from "./letter-words.ts";
import { writeLetter } from "./write-letter.ts";

const now = Date.UTC(2026, 10, 2, 23);
const ref = { merchant: merchantId("shop"), customer: customerId("ann"), seal: 1, currency: currency("KRW") };
const collection = newCollection(ref, { settlement: "st_1", amount: picos("12500"), now });
const to = {
  email: "ann@example.com",
  timezone: "Asia/Seoul",
  seller: "가게\r\nBcc: x",
  number: 7,
  link: "https://p.example/x",
};
const kinds = Object.keys(lettersOf.en) as LetterKind[];

describe("letters", () => {
  test.for(kinds.flatMap((letter) => (["en", "ko"] as const).map((language) => ({ letter, language }))))(
    "$letter in $language names the invoice, the amount and the seller on one line",
    ({ letter, language }) => {
      const notice = { kind: "letter", letter, at: now, next: now + 86_400_000 } as const;
      const written = writeLetter(collection, notice, { ...to, language });
      expect(written.to).toBe("ann@example.com");
      expect(`${written.subject} ${written.from}`).not.toMatch(/[\r\n]/);
      expect(written.text).toContain(language === "ko" ? "12,500원" : "KRW 12,500");
      expect(written.text).toContain("7");
      expect(written.text).not.toMatch(/undefined|\$\{/);
      if (["please_pay", "declined", "past_due"].includes(letter)) expect(written.text).toContain(to.link);
      if (["please_pay", "declined"].includes(letter))
        expect(written.text).toContain(language === "ko" ? "2026년 11월 4일" : "4 November 2026");
    },
  );

  test("of one notice are one letter, of another are another", () => {
    const idOf = (letter: LetterKind, at: number) =>
      writeLetter(collection, { kind: "letter", letter, at }, { ...to, language: "en" }).id;
    expect(idOf("declined", 1)).toBe(idOf("declined", 1));
    expect(new Set([idOf("declined", 1), idOf("declined", 2), idOf("paid", 1)]).size).toBe(3);
  });

  test("of a refund name what was given back", () => {
    const notice = { kind: "letter", letter: "refunded", at: now, amount: picos("500") } as const;
    expect(writeLetter(collection, notice, { ...to, language: "en" }).text).toContain("KRW 500");
  });
});
