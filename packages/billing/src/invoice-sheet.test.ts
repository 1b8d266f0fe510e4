import { picos, sum } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { drawn, drawnLine, fullParties, koreanParties } from "./invoice-sheet.fixture.ts";
import { invoiceSheet } from "./invoice-sheet.ts";

function sheetOf(...[lines, parties, more]: Parameters<typeof drawn>) {
  const { found, issued } = drawn(lines, parties, more);
  return invoiceSheet(found, issued);
}

describe("invoiceSheet", () => {
  test("says in English what the invoice is, and between whom", () => {
    expect(sheetOf([drawnLine(1), drawnLine(2, { kind: "adjustment" })], fullParties)).toMatchObject({
      heading: "Invoice 1042",
      facts: [
        ["Number", "1042"],
        ["Issued", "1 April 2026"],
        ["Period", "1 March 2026 – 31 March 2026"],
        ["Customer", "acme"],
      ],
      seller: ["Meterworks GmbH", "Torstraße 1", "10119 Berlin", "Germany", "Tax ID DE 123456789"],
      rows: [
        { title: "requests", note: "1 March 2026 – 31 March 2026", quantity: "1,234,567.5", exact: "4.2472554466" },
        { title: "Adjustment: requests" },
      ],
      sums: [
        ["Charges, exact", "USD 8.4945108932"],
        ["Carried in from earlier invoices", "USD 0.004"],
      ],
      total: ["Total", "USD 8.50"],
      carriedOut: ["Carried to the next invoice", "USD -0.0014891068"],
      notes: [expect.stringContaining("rounded once"), "Rests on 12,345,678 metered events."],
      root: "3f".repeat(32),
    });
  });

  test("says the same in Korean", () => {
    const line = drawnLine(1, { kind: "charges", description: "Direct charges", exact: picos("1234.4") });
    expect(sheetOf([line], koreanParties, { code: "KRW", carriedIn: picos("0") })).toMatchObject({
      heading: "청구서 1042",
      buyer: [
        "가나다 로보틱스 주식회사",
        "부산광역시 해운대구 센텀중앙로 90, 1204호",
        "48059",
        "사업자등록번호 987-65-43210",
      ],
      rows: [{ title: "직접 청구", exact: "1,234.4", amount: "1,234" }],
      total: ["청구 금액 합계", "1,234원"],
    });
  });

  test("has amounts that add up to the total, the carry among them", () => {
    const { rows, total } = sheetOf([drawnLine(1), drawnLine(2)], fullParties, { carriedIn: picos("3.3") });
    expect(rows.at(-1)?.title).toBe("Carried from earlier invoices");
    const added = sum(rows.map(({ amount }) => picos(amount)));
    expect(added).toBe(picos(total[1].replace("USD ", "")));
  });

  test("shortens what would fill a page, and keeps it on one line", () => {
    const [row] = sheetOf([drawnLine(1, { description: `a\n${"b ".repeat(5000)}` })], fullParties).rows;
    expect(row?.title).toMatch(/^a b b .*…$/);
    expect(row?.title).toHaveLength(300);
  });
});
