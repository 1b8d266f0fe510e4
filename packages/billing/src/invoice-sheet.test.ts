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

  const tax = { name: "VAT", rate: "0.19", kind: "exclusive", base: picos("3.2"), amount: picos("0.608") } as const;
  const termLines = [
    drawnLine(1),
    drawnLine(2, { kind: "discount", description: "TEN", exact: picos("-0.4472554466") }),
    drawnLine(3, { kind: "credit", description: "Welcome", exact: picos("-0.6") }),
    drawnLine(4, { kind: "tax", description: "VAT", exact: tax.amount, tax }),
  ];

  test("shows what discounts and credit take off, and each tax on what it is for", () => {
    const { rows, sums } = sheetOf(termLines, fullParties);
    expect(rows.map(({ title }) => title)).toEqual(["requests", "Discount: TEN", "Credit: Welcome", "VAT 19%"]);
    expect(sums).toEqual([
      ["Subtotal", "USD 4.2472554466"],
      ["Discount", "USD -0.4472554466"],
      ["Credit", "USD -0.6"],
      ["VAT 19% on USD 3.2", "USD 0.608"],
      ["Charges, exact", "USD 3.808"],
      ["Carried in from earlier invoices", "USD 0.004"],
    ]);
  });

  test("shows the same in Korean", () => {
    const { rows, sums } = sheetOf(termLines, koreanParties);
    expect(rows.map(({ title }) => title).slice(1)).toEqual(["할인: TEN", "크레딧: Welcome", "VAT 19%"]);
    expect(sums.map(([label]) => label).slice(0, 4)).toEqual(["소계", "할인", "크레딧", "VAT 19% (과세 표준 3.2 USD)"]);
  });

  test.for([
    ["reverse_charge", "Reverse charge", "Reverse charge: the customer accounts for the tax."],
    ["exempt", "Tax exempt", undefined],
    ["inclusive", "Including VAT 19%", undefined],
  ] as const)("says of a tax of kind %s that it is %s", ([kind, title, note]) => {
    const line = drawnLine(2, { kind: "tax", exact: picos("0"), tax: { ...tax, kind, amount: picos("0") } });
    const { rows, notes } = sheetOf([drawnLine(1), line], fullParties);
    expect(rows[1]?.title).toBe(title);
    expect(notes.find((text) => text.startsWith("Reverse"))).toBe(note);
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
