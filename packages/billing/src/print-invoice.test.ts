import { expectOk, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { createSettlement } from "./create-settlement.ts";
import type { InvoiceSheet } from "./invoice-sheet.ts";
import { printInvoice } from "./print-invoice.ts";
import { putCustomer } from "./put-customer.ts";
import { ann, billingWorld, bob, charge, hour, merchant, start } from "./world.fixture.ts";

/** Ann is known, and owes a dollar and a fifth of a yen; bob was seen only. What was printed is kept. */
async function settled() {
  const shop = await billingWorld();
  const named = { name: "Ann Ltd", address: "1 Street\nTown", taxId: "T1", language: "ko" } as const;
  await putCustomer(shop, { merchant, id: ann, body: named });
  await shop.send(charge("a", start, "1"), charge("y", start, "0.2", "JPY"), {
    ...charge("b", start, "2"),
    customer: bob,
  });
  shop.at(start + hour);
  await createSettlement(shop, { merchant, body: { through: start + hour } });
  await shop.drain();
  const sheets: InvoiceSheet[] = [];
  const printer = (bytes = 3) => ({
    print: async (sheet: InvoiceSheet) => {
      sheets.push(sheet);
      return new Uint8Array(bytes);
    },
  });
  return { ...shop, sheets, printer: printer(), printing: printer };
}

describe("printInvoice", () => {
  test("prints what has a number, in the customer's language", async () => {
    const shop = await settled();
    expect(expectOk(await printInvoice(shop, { merchant, id: "inv_ann_1_USD" }))).toEqual({
      name: "invoice-1.pdf",
      mediaType: "application/pdf",
      content: new Uint8Array(3),
    });
    expect(shop.sheets[0]).toMatchObject({
      heading: "청구서 1",
      seller: ["Shop"],
      buyer: ["Ann Ltd", "1 Street", "Town", "사업자등록번호 T1"],
    });
    await printInvoice(shop, { merchant, id: "inv_bob_1_USD" });
    expect(shop.sheets[1]).toMatchObject({ heading: "Invoice 2", buyer: ["bob"] });
  });

  test("prints the same after its customer and its merchant changed", async () => {
    const shop = await settled();
    await printInvoice(shop, { merchant, id: "inv_ann_1_USD" });
    await putCustomer(shop, { merchant, id: ann, body: { name: "Other", language: "en" } });
    await printInvoice(shop, { merchant, id: "inv_ann_1_USD" });
    expect(shop.sheets[1]).toEqual(shop.sheets[0]);
  });

  test("refuses what there is not, what has no number, and what no answer holds", async () => {
    const shop = await settled();
    const codeOf = async (id: string, of = merchant, printer = shop.printer) => {
      const answer = await printInvoice({ ...shop, printer }, { merchant: of, id });
      return answer.ok ? "fine" : answer.error.code;
    };
    expect(await codeOf("inv_ann_2_USD")).toBe("not_found");
    expect(await codeOf("inv_ann_1_USD", merchantId("other"))).toBe("not_found");
    expect(await codeOf("inv_ann_1_JPY")).toBe("not_issued");
    expect(await codeOf("inv_ann_1_USD", merchant, shop.printing(4_500_001))).toBe("export_too_large");
    expect(await codeOf("inv_ann_1_USD", merchant, shop.printing(4_500_000))).toBe("fine");
  });
});
