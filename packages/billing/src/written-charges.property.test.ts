import type { Meter } from "@farthing/metering";
import { decimal, expectOk } from "@farthing/money";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openSheet } from "./charge-sheet.ts";
import { everyModel } from "./every-model.fixture.ts";
import { invoiceId } from "./invoice-id.ts";
import { listCharges } from "./list-charges.ts";
import { chainOf, chargesOf, steps } from "./seal-steps.fixture.ts";
import { ann, billingWorld, bytes, merchant, month, planOf, requests, subscription } from "./world.fixture.ts";
import { chargedInvoice, writeInvoice } from "./write-charges.ts";

const users: Meter = { ...requests, key: "users", aggregation: "unique_count", value: "bytes" };
const level: Meter = { ...requests, key: "level", aggregation: "weighted_sum", value: "bytes" };
const prices = [
  ...everyModel,
  { key: "users", model: "per_unit", meter: "users", unitPrice: decimal("0.3") } as const,
  { key: "level", model: "per_unit", meter: "level", unitPrice: decimal("0.07") } as const,
];

async function subscribed() {
  const shop = await billingWorld([planOf("basic", { prices }), planOf("other", { prices: prices.toReversed() })]);
  await shop.meters.publishMeters(merchant, {
    revision: 2,
    meters: [bytes, requests, { ...users, revision: 2 }, { ...level, revision: 2 }],
  });
  await shop.subscriptions.addSubscription(subscription({ start: month(2) }));
  return shop;
}

test("written charges are those of the events, on pages of any size, of each line, and in mid-list", async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 1, max: 9 }), async (all, limit) => {
      const shop = await subscribed();
      for (const seal of await chainOf(shop, all)) {
        for (const invoice of seal.invoices) {
          const { currency } = invoice;
          const id = invoiceId({ customer: ann, seal: seal.number, currency });
          const whole = await chargesOf(shop, seal, { currency });
          const [line] = invoice.lines;
          const ofLine = await chargesOf(shop, seal, { currency, line: line?.id });
          const first = expectOk(await listCharges(shop, { merchant, id, limit }));
          await writeInvoice(shop, { seal, invoice }, await openSheet(shop, { seal, invoice }, {}));
          expect(await shop.indexes.chargeIndex(chargedInvoice(seal, invoice))).toBeDefined();
          expect(await chargesOf(shop, seal, { currency })).toEqual(whole);
          expect(await chargesOf(shop, seal, { currency, limit })).toEqual(whole);
          expect(await chargesOf(shop, seal, { currency, line: line?.id, limit })).toEqual(ofLine);
          if (first.next === undefined) continue;
          const rest = expectOk(await listCharges(shop, { merchant, id, limit: 10_000, after: first.next }));
          expect([...first.items, ...rest.items]).toEqual(whole);
        }
      }
    }),
    { numRuns: 12, seed: 4 },
  );
});
