import { currency, expectOk } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { invoiceDocument } from "./documents.ts";
import { getDraft } from "./get-draft.ts";
import { steps } from "./seal-steps.fixture.ts";
import {
  ann,
  billingWorld,
  bob,
  charge,
  day,
  flat,
  hour,
  merchant,
  month,
  planOf,
  refOf,
  request,
  start,
  subscription,
} from "./world.fixture.ts";

async function subscribed() {
  const shop = await billingWorld([planOf("basic"), planOf("fixed", { prices: [flat("5", "in_arrears")] })]);
  await shop.subscriptions.addSubscription(subscription());
  return shop;
}

const draftOf = async (shop: Awaited<ReturnType<typeof subscribed>>, through?: number) =>
  expectOk(await getDraft(shop, { merchant, id: ann, through }));

describe("getDraft", () => {
  test("shows every event accepted so far, of the running hour too, and seals nothing", async () => {
    const shop = await subscribed();
    await shop.send(charge("a", start - 1, "1.5"), charge("b", start - 1, "0.004"), charge("c", start - 1, "3", "JPY"));
    const draft = await draftOf(shop);
    expect(draft).toMatchObject({ customer: "ann", asOf: "2026-03-02T10:00:00.000Z" });
    expect(draft.invoices).toMatchObject([
      { id: "draft_ann_1_JPY", status: "draft", becomes: "sealed", total: "3", due: "0" },
      { id: "draft_ann_1_USD", status: "draft", becomes: "sealed", total: "1.50", exact: "1.504", carriedOut: "0.004" },
    ]);
    await shop.send(charge("d", start - 1, "1"));
    expect((await draftOf(shop)).invoices[1]).toMatchObject({ total: "2.50" });
    expect(await shop.seals.latestSeal(refOf(ann))).toBeUndefined();
    expect(await shop.log.lastNumber(refOf(ann))).toBe(0);
  });

  test("says what it would become: one below its currency's unit is carried", async () => {
    const shop = await subscribed();
    await shop.send(request("a", start - 1));
    expect((await draftOf(shop)).invoices).toMatchObject([{ becomes: "carried", total: "0.00", exact: "0.0004" }]);
  });

  test("bills through another instant where one is asked for", async () => {
    const shop = await subscribed();
    await shop.subscriptions.addSubscription(
      subscription({ id: "s2", plan: "fixed", start: start - hour, flatFrom: start - hour, createdAt: start }),
    );
    const profile = { merchant, id: ann, known: true, createdAt: start, updatedAt: start };
    await shop.customers.putCustomer(profile);
    expect((await draftOf(shop)).invoices).toEqual([]);
    expect((await draftOf(shop, month(3))).invoices).toMatchObject([{ total: "4.78", lines: [{ kind: "flat" }] }]);
  });

  test("of a customer without anything is empty, of no customer is not found", async () => {
    const shop = await subscribed();
    expect(await getDraft(shop, { merchant, id: bob })).toEqual({ ok: false, error: { code: "not_found" } });
    await shop.customers.putCustomer({ merchant, id: bob, known: true, createdAt: start, updatedAt: start });
    expect(expectOk(await getDraft(shop, { merchant, id: bob })).invoices).toEqual([]);
  });

  test("is what a settlement seals right after it, whatever came when", async () => {
    const other = planOf("other", { prices: [flat("7", "in_advance")] });
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const shop = await billingWorld([planOf("basic"), other]);
        await shop.subscriptions.addSubscription(subscription());
        shop.at(month(4));
        for (const [index, [sent, cut]] of all.entries()) {
          await shop.send(...sent);
          const through = month(2) + cut * hour + index * day;
          const draft = await draftOf(shop, through);
          const seal = (await shop.seal(through, { id: `st${index}` })) ?? expect.fail("nothing was sealed");
          expect(draft.invoices.map(comparable)).toEqual(
            seal.invoices.map((invoice) => comparable(invoiceDocument(seal, invoice))),
          );
        }
      }),
      { seed: 5, numRuns: 40 },
    );
  });
});

/** What a draft and its seal have in common. */
function comparable({ lines, exact, carriedIn, total, carriedOut, events, root, period, ...rest }: DraftLike) {
  const becomes = "becomes" in rest ? rest.becomes : rest.status;
  return {
    lines,
    exact,
    carriedIn,
    total,
    carriedOut,
    events,
    root,
    period,
    becomes,
    currency: currency(rest.currency),
  };
}

type DraftLike = Pick<
  ReturnType<typeof invoiceDocument>,
  "lines" | "exact" | "carriedIn" | "total" | "carriedOut" | "events" | "root" | "period" | "currency"
> & { readonly status: string; readonly becomes?: string };
