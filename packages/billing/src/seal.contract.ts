import { createHash } from "node:crypto";
import type { CustomerRef } from "@farthing/metering";
import { currency, customerId, decimal, formatDecimal, merchantId, picos, picosFrom } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { Seal, SealedInvoice, SealedLine, Seals } from "./seal.ts";

const at = 1_795_000_000_123;
let tests = 0;

/** What every store of seals does; customers are fresh in each test, so that one table serves all. */
export function sealsContract(name: string, open: () => Seals): void {
  describe(`${name}: seals`, () => {
    chained(open);
    whole(open);
  });
}

function freshCustomer(): CustomerRef {
  return { merchant: merchantId("Seals"), customer: customerId(`Customer-${++tests}`) };
}

function sealOf(customer: CustomerRef, number: number, more: Partial<Seal> = {}): Seal {
  const frontier = { entry: number * 3, cut: at };
  const tree = { tree: "2:ab,cd", root: "ab".repeat(32), settlement: "st_1", sealedAt: at };
  const facts = {
    invoices: [],
    carries: {},
    struck: [],
    voids: [],
    subscriptions: ["sub_a"],
    meterRevision: 2,
    timezone: "UTC",
  };
  return { customer, number, frontier, readFrom: 1, ...facts, ...tree, ...more };
}

function lineOf(index: number, more: Partial<SealedLine> = {}): SealedLine {
  const period = { periodFrom: at - 1000, periodTo: at };
  const key = {
    subscription: null,
    price: `p${index}`,
    ...period,
    subscriptions: ["sub_a"],
    meterRevision: 1,
    currency: currency("USD"),
  };
  const noise = createHash("sha512").update(`${index}`).digest("base64url");
  const amounts = { exact: picos("0.000000000001"), amount: picos("-1.5"), chargedExact: picosFrom(10n ** 40n) };
  return { id: `line-${index}`, kind: "usage", key, description: noise, ...amounts, ...more };
}

function invoiceOf(lines: readonly SealedLine[]): SealedInvoice {
  const amounts = {
    exact: picos("1.25"),
    carriedIn: picos("-0.004"),
    total: picos("1.24"),
    carriedOut: picos("0.006"),
  };
  return { currency: currency("USD"), status: "sealed", period: { from: 1, to: at }, lines, ...amounts, events: 12 };
}

function chained(open: () => Seals): void {
  test("are created once under their number, in a chain", async () => {
    const [seals, customer] = [open(), freshCustomer()];
    expect(await seals.latestSeal(customer)).toBeUndefined();
    expect(await seals.seals(customer)).toEqual([]);
    const all = Array.from({ length: 11 }, (_, i) => sealOf(customer, i + 1));
    for (const seal of all) expect(await seals.appendSeal(seal)).toBe("sealed");
    expect(await seals.appendSeal(sealOf(customer, 3, { sealedAt: 1 }))).toBe("taken");
    expect(await seals.latestSeal(customer)).toEqual(all[10]);
    expect(await seals.seal(customer, 3)).toEqual(all[2]);
    expect(await seals.seal(customer, 12)).toBeUndefined();
    expect(await seals.seals(customer)).toEqual(all);
  });

  test("have one writer of a number among twenty at once", async () => {
    const [seals, customer] = [open(), freshCustomer()];
    const mine = (i: number) => sealOf(customer, 1, { settlement: `st_${i}` });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => seals.appendSeal(mine(i))));
    expect(answers.filter((answer) => answer === "sealed")).toHaveLength(1);
    expect(await seals.latestSeal(customer)).toEqual(mine(answers.indexOf("sealed")));
  });

  test("are apart by customer", async () => {
    const [seals, customer] = [open(), freshCustomer()];
    await seals.appendSeal(sealOf(customer, 1));
    expect(await seals.latestSeal({ ...customer, customer: customerId(`${customer.customer}0`) })).toBeUndefined();
    expect(await seals.latestSeal({ ...customer, merchant: merchantId("seals") })).toBeUndefined();
  });
}

function whole(open: () => Seals): void {
  const group = JSON.parse('{"__proto__":"p","amount":"5","digits":"6","région":"é"}');
  const usage = {
    meter: "bytes",
    group,
    quantity: decimal("12345.678"),
    chargedQuantity: { digits: 10n ** 45n + 1n, scale: 12 },
  };
  const flat = lineOf(2, { kind: "flat", key: { ...lineOf(2).key, subscription: "sub_1" } });
  test.for<[string, Partial<Seal>]>([
    ["lines of every kind", { invoices: [invoiceOf([lineOf(1, usage), flat])] }],
    ["carries", { carries: { USD: picos("0.006"), JPY: picos("-12") } }],
    ["credit notes that it took", { account: 7, creditNotes: { USD: picos("0.000000000001"), JPY: picos("-12") } }],
    ["struck facts", { struck: [{ entry: 1, row: 7, time: at, verdict: "duplicate" }] }],
    [
      "standing voids",
      {
        voids: [
          { id: "e#1", fingerprint: 3 },
          { source: "s", id: "__proto__", fingerprint: 0xffffffff },
        ],
      },
    ],
    ["a body larger than an item", { invoices: [invoiceOf(Array.from({ length: 6000 }, (_, i) => lineOf(i)))] }],
  ])("come back whole with %s", async ([, more]) => {
    const [seals, customer] = [open(), freshCustomer()];
    const seal = sealOf(customer, 1, more);
    await seals.appendSeal(seal);
    for (const read of [
      await seals.latestSeal(customer),
      await seals.seal(customer, 1),
      ...(await seals.seals(customer)),
    ]) {
      expect(read).toEqual(seal);
      expect(textOf(read)).toBe(textOf(seal));
    }
  });
}

/** Equality that also sees own keys called __proto__. */
function textOf(seal: Seal | undefined): string | undefined {
  return seal?.invoices
    .flatMap(({ lines }) => lines)
    .map((line) => JSON.stringify(line.group) + (line.quantity === undefined ? "" : formatDecimal(line.quantity)))
    .join();
}
