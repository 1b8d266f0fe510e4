import { createHash } from "node:crypto";
import { decimal, picos } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { drawn, drawnLine, fullParties, koreanParties, longName } from "../invoice-sheet.fixture.ts";
import { invoiceSheet } from "../invoice-sheet.ts";
import type { Parties } from "../party.ts";
import { pdfPrinter } from "./pdf-printer.ts";

const lines = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    drawnLine(index, {
      description: index % 7 === 3 ? `tokens (model: ${"a-long-name-".repeat(20)})` : "requests",
      exact: picos(index === 1 ? "123456789012.123456789012" : `${index}.0004`),
      quantity: decimal(index === 1 ? "123456789012345678.123456789" : "1234567.5"),
    }),
  );

function sheetOf(count: number, parties: Parties, customer = "acme") {
  const { found, issued } = drawn(lines(count), parties, { customer });
  return invoiceSheet(found, issued);
}

const party = { name: longName, address: `${longName}\n${longName}`, taxId: longName };
const longParties: Parties = { seller: party, buyer: party, language: "ko" };
const digestOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const pagesOf = (bytes: Uint8Array) => textOf(bytes).match(/\/Type \/Page\n/g)?.length;

describe("an invoice as PDF", () => {
  test.for([
    { why: "three lines", count: 3, parties: fullParties, pages: 1 },
    { why: "three lines in Korean", count: 3, parties: koreanParties, pages: 1 },
    { why: "no lines but a carry", count: 0, parties: fullParties, pages: 1 },
    { why: "sixty lines", count: 60, parties: fullParties, pages: 5 },
    { why: "names as long as they may be", count: 3, parties: longParties, pages: 2 },
  ])("of $why has $pages pages, and the same bytes each time", async ({ count, parties, pages }) => {
    const sheet = sheetOf(count, parties, parties === longParties ? "x".repeat(128) : "acme");
    const first = await pdfPrinter().print(sheet);
    expect(pagesOf(first)).toBe(pages);
    expect(textOf(first).slice(0, 8)).toBe("%PDF-1.3");
    expect(textOf(first).trimEnd().endsWith("%%EOF")).toBe(true);
    const printer = pdfPrinter();
    for (let time = 0; time < 2; time++) expect(digestOf(await printer.print(sheet))).toBe(digestOf(first));
  });

  test("has the same bytes whatever was printed before it", async () => {
    const printer = pdfPrinter();
    // Both blanks are one glyph, which stands for the character that it is met as first.
    for (const description of ["two words", "two\u00a0words", "두 낱말", "two words"]) {
      const { found, issued } = drawn([drawnLine(0, { description })], fullParties, {});
      const sheet = invoiceSheet(found, issued);
      expect(digestOf(await printer.print(sheet))).toBe(digestOf(await pdfPrinter().print(sheet)));
    }
  });

  test("is another where anything on it is", async () => {
    const printer = pdfPrinter();
    const digests = new Set<string>();
    for (const sheet of [
      sheetOf(3, fullParties),
      sheetOf(4, fullParties),
      sheetOf(3, koreanParties),
      sheetOf(3, fullParties, "acme2"),
      { ...sheetOf(3, fullParties), root: "40".repeat(32) },
      { ...sheetOf(3, fullParties), sealedAt: 0 },
    ])
      digests.add(digestOf(await printer.print(sheet)));
    expect(digests.size).toBe(6);
  });

  test("carries its fonts, as subsets, and its language", async () => {
    const text = textOf(await pdfPrinter().print(sheetOf(3, koreanParties)));
    expect(text.match(/\/FontFile2 /g)).toHaveLength(2);
    expect(text).toMatch(/\/BaseFont \/[A-Z]{6}\+Pretendard-Regular/);
    expect(text).toContain("/Lang (ko)");
    expect(text).not.toContain("Helvetica");
    expect(text.length).toBeLessThan(100_000);
  });
});
