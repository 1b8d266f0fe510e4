import { inParallel } from "@farthing/metering";
import { currency, customerId } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type InvoiceName, invoiceId } from "./invoice-id.ts";
import type { InvoiceNumbers } from "./invoice-numbers.ts";
import { memoryCustomers, memoryInvoiceNumbers } from "./memory.ts";
import { type NumberStores, numberInvoices } from "./number-invoices.ts";
import { merchant } from "./world.fixture.ts";

const customers = memoryCustomers();
const storesOf = (numbers: InvoiceNumbers): NumberStores => ({
  numbers,
  customers,
  sellers: { seller: async () => ({ name: "Shop" }), terms: async () => ({}) },
});

const named = (index: number): InvoiceName => ({
  customer: customerId(`c${index}`),
  seal: 1,
  currency: currency("USD"),
});
const invoices = (count: number) => Array.from({ length: count }, (_, index) => named(index));

/** The numbers beside invoices, and those that the log gives: both have to be 1, 2, 3 and so on. */
async function numbersOf(numbers: InvoiceNumbers, names: readonly InvoiceName[]) {
  const noted = await Promise.all(names.map((name) => numbers.issued(merchant, name)));
  const blocks = await numbers.blocksFrom(merchant, 1);
  const given = blocks.flatMap((block) => block.invoices.map((name, at) => `${block.first + at} ${invoiceId(name)}`));
  const shown = noted.map((one) => (one === undefined ? "none" : `${one.number} ${invoiceId(one)}`));
  return { noted: noted.map((one) => one?.number ?? 0).sort((a, b) => a - b), given, shown };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

async function expectWhole(numbers: InvoiceNumbers, names: readonly InvoiceName[]): Promise<void> {
  const { noted, given, shown } = await numbersOf(numbers, names);
  expect(noted).toEqual(upTo(names.length));
  expect(given.map((text) => Number(text.split(" ")[0]))).toEqual(upTo(names.length));
  expect(shown.toSorted()).toEqual(given.toSorted());
}

describe("numberInvoices", () => {
  test.for([0, 1, 2, 499, 500, 501, 1001])("numbers %i from 1 on, in order", async (count) => {
    const numbers = memoryInvoiceNumbers();
    await numberInvoices(storesOf(numbers), merchant, invoices(count));
    await expectWhole(numbers, invoices(count));
    expect((await numbersOf(numbers, invoices(3).slice(0, count))).noted).toEqual(upTo(Math.min(3, count)));
  });

  test("keeps what has a number, and goes on behind it", async () => {
    const numbers = memoryInvoiceNumbers();
    await numberInvoices(storesOf(numbers), merchant, [named(0), named(1)]);
    await numberInvoices(storesOf(numbers), merchant, [named(2), named(1), named(0)]);
    await numberInvoices(storesOf(numbers), merchant, [named(2)]);
    expect((await numbersOf(numbers, invoices(3))).shown).toEqual([
      "1 inv_c0_1_USD",
      "2 inv_c1_1_USD",
      "3 inv_c2_1_USD",
    ]);
  });

  test.for([
    { count: 1000, atOnce: 40, why: "as many as the queue lets run" },
    { count: 200, atOnce: 200, why: "all" },
  ])("numbers $count that seal $atOnce at once: $why", async ({ count, atOnce }) => {
    const numbers = memoryInvoiceNumbers();
    await inParallel(atOnce, invoices(count), (one) => numberInvoices(storesOf(numbers), merchant, [one]));
    await expectWhole(numbers, invoices(count));
  });

  test("leaves no gap and no repeat, however many number the same at once and wherever they die", async () => {
    const task = fc.record({
      from: fc.nat(11),
      count: fc.integer({ min: 1, max: 6 }),
      dies: fc.option(fc.nat(24)),
      after: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(task, { minLength: 2, maxLength: 6 }), async (scheduler, tasks) => {
        const numbers = memoryInvoiceNumbers();
        const runs = tasks.map(async ({ from, count, dies, after }) => {
          const port = mortal(numbers, scheduler, { dies: dies ?? undefined, after });
          await numberInvoices(storesOf(port), merchant, invoices(12).slice(from, from + count)).catch(() => {});
        });
        await scheduler.waitFor(Promise.all(runs));
        await numberInvoices(storesOf(numbers), merchant, invoices(12));
        await expectWhole(numbers, invoices(12));
      }),
      { numRuns: 300 },
    );
  });
});

/** A store whose calls wait for their turn, and of which one is the last of its process, before or after it took effect. */
function mortal(
  numbers: InvoiceNumbers,
  scheduler: fc.Scheduler,
  { dies, after }: { readonly dies: number | undefined; readonly after: boolean },
): InvoiceNumbers {
  let calls = 0;
  return new Proxy(numbers, {
    get: (target, method, receiver) => {
      const found: unknown = Reflect.get(target, method, receiver);
      if (typeof found !== "function") return found;
      return async (...args: readonly unknown[]) => {
        const number = calls++;
        await scheduler.schedule(Promise.resolve());
        if (dies !== undefined && number >= dies && !(after && number === dies)) throw new Error("dead");
        const result: unknown = await Reflect.apply(found, target, args);
        if (number === dies) throw new Error("dead");
        return result;
      };
    },
  });
}
