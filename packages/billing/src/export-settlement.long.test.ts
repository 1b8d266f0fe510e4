import { customerId, expectOk, picos, sum } from "@farthing/money";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { createSettlement } from "./create-settlement.ts";
import { type ExportOrder, exportSettlement } from "./export-settlement.ts";
import { type BillingWorld, billingWorld, charge, hour, merchant, start } from "./world.fixture.ts";

const people = Array.from({ length: 130 }, (_, index) => customerId(`c${100 + index}`));

/** A settlement of customers in two currencies. */
async function settled(count = people.length): Promise<BillingWorld> {
  const shop = await billingWorld();
  shop.at(start + hour);
  const some = people.slice(0, count);
  const facts = some.flatMap((customer) =>
    ["USD", "JPY"].map((code) => ({ ...charge(code, start, "1.5001", code), customer })),
  );
  await shop.send(...facts);
  await createSettlement(shop, { merchant, body: { through: start + hour, customers: some } });
  await shop.drain();
  return shop;
}

const order: ExportOrder = { merchant, id: "st_id1", format: "csv", parts: false };

async function partsOf(shop: BillingWorld, more: Partial<ExportOrder>): Promise<readonly (string | Uint8Array)[]> {
  const contents: (string | Uint8Array)[] = [];
  let after: string | undefined;
  do {
    const file = expectOk(await exportSettlement(shop, { ...order, parts: true, ...more, after }));
    contents.push(file.content);
    after = file.next;
  } while (after !== undefined);
  return contents;
}

describe("exportSettlement", () => {
  test.for([
    ["csv", "text/csv; charset=utf-8"],
    ["jsonl", "application/jsonl"],
    ["xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
    ["parquet", "application/vnd.apache.parquet"],
  ] as const)("writes %s", async ([format, mediaType]) => {
    const file = expectOk(await exportSettlement(await settled(), { ...order, format }));
    expect(file).toMatchObject({ name: `st_id1.${format}`, mediaType });
    expect(file.content.length).toBeGreaterThan(1000);
    expect(file.next).toBeUndefined();
  });

  test("refuses, in this order", async () => {
    const shop = await settled();
    const codeOf = async (more: Partial<ExportOrder>) => {
      const answer = await exportSettlement(shop, { ...order, ...more });
      return answer.ok ? "fine" : answer.error.code;
    };
    expect(await codeOf({ format: "toString", id: "st_none" })).toBe("unknown_format");
    expect(await codeOf({ format: "xls" })).toBe("unknown_format");
    expect(await codeOf({ id: "st_none", limitBytes: 1 })).toBe("not_found");
    await createSettlement(shop, { merchant, body: { through: start } });
    expect(await codeOf({ id: "st_id2", limitBytes: 1 })).toBe("settlement_running");
    expect(await codeOf({ limitBytes: 10_000 })).toBe("export_too_large");
    expect(await codeOf({ limitBytes: 10_000, parts: true })).toBe("fine");
  });

  // Each part reads the index once more: where there is one for each row, few customers are many parts.
  test.for([
    { limitBytes: 1, customers: 12 },
    { limitBytes: 700, customers: 30 },
    { limitBytes: 20_000, customers: 130 },
    { limitBytes: 60_000, customers: 130 },
  ])(
    "comes in parts of $limitBytes bytes that are the whole, each with its own totals",
    async ({ limitBytes, customers }) => {
      const shop = await settled(customers);
      const read = (content: string | Uint8Array): Record<string, string>[] =>
        parse(Buffer.from(content), { columns: true });
      const whole = read(expectOk(await exportSettlement(shop, order)).content);
      const parts = (await partsOf(shop, { limitBytes })).map(read);
      const lines = parts.flat().filter(({ record }) => record === "line");
      expect(lines).toEqual(whole.filter(({ record }) => record === "line"));
      expect(parts.length).toBeGreaterThan(1);
      for (const total of whole.filter(({ record }) => record === "total")) {
        const own = parts.flat().filter(({ record, currency }) => record === "total" && currency === total.currency);
        for (const column of ["exact", "amount", "invoice_total", "invoice_events"])
          expect(sum(own.map((row) => picos(row[column] ?? "")))).toBe(picos(total[column] ?? ""));
      }
    },
  );
});
