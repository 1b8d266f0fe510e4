import type { Meter } from "@farthing/metering";
import { decimal, formatPicos, noMoney, type Picos, picos, sum } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeSubscription } from "./change-subscription.ts";
import { chargedBy } from "./charged-by.ts";
import { everyModel } from "./every-model.fixture.ts";
import { renderSeal } from "./render-seal.ts";
import { rollEverything } from "./run-settlement.ts";
import type { Seal } from "./seal.ts";
import { SealChain } from "./seal-chain.ts";
import { chargesOf } from "./seal-steps.fixture.ts";
import { stepSubscription } from "./stop-subscription.ts";
import { createSubscription } from "./subscribe.ts";
import type { Subscription } from "./subscription.ts";
import {
  ann,
  type BillingWorld,
  billingWorld,
  bytes,
  day,
  flat,
  hour,
  merchant,
  month,
  planOf,
  refOf,
  request,
  requests,
} from "./world.fixture.ts";

const fee = (amount: string) => ({ ...flat(amount, "in_advance"), key: "fee" });
const fees = [fee("31"), flat("7", "in_arrears")];
/** A level that is carried from period to period, and into what takes over. */
const level: Meter = { ...bytes, key: "level", aggregation: "weighted_sum", revision: 2 };
const carried = { key: "level", model: "per_unit", meter: "level", unitPrice: decimal("0.7") } as const;
const plans = [
  planOf("basic", { prices: [...everyModel, carried, ...fees] }),
  planOf("other", {
    prices: [...everyModel.toReversed(), fee("3.1")],
    phases: [
      { key: "trial", duration: { interval: "day", count: 5 }, free: true },
      { key: "ramp", duration: { interval: "week", count: 2 }, discount: decimal("0.4") },
    ],
  }),
  planOf("weekly", { interval: "week", prices: [...everyModel.slice(0, 3), carried, ...fees] }),
];

/** What may happen, at an hour after the beginning of March: all of it is asked for at the end of April. */
interface Deed {
  readonly do: "send" | "seal" | "subscribe" | "change" | "pause" | "resume" | "cancel";
  readonly hour: number;
  readonly which: number;
  readonly whole: boolean;
  readonly addOn: boolean;
}

const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.record({
    do: fc.constantFrom(
      "send",
      "send",
      "send",
      "seal",
      "seal",
      "subscribe",
      "change",
      "change",
      "pause",
      "resume",
      "cancel",
    ),
    hour: fc.oneof(fc.constantFrom(0, 24, 31 * 24, 30), fc.integer({ min: 0, max: 60 * 24 })),
    which: fc.nat(5),
    whole: fc.boolean(),
    addOn: fc.boolean(),
  }),
  { minLength: 3, maxLength: 14 },
);

async function subscribed(): Promise<BillingWorld> {
  const shop = await billingWorld(plans);
  await shop.meters.publishMeters(merchant, { revision: 2, meters: [bytes, level, requests] });
  await shop.customers.putCustomer({ merchant, id: ann, known: true, createdAt: 0, updatedAt: 0 });
  await createSubscription(shop, { merchant, customer: ann, plan: "basic", start: month(2) });
  return shop;
}

/** Does it: what is refused changes nothing. */
async function perform(
  shop: BillingWorld,
  { do: what, hour: after, which, whole, addOn }: Deed,
  seals: boolean,
): Promise<void> {
  const at = month(2) + after * hour;
  shop.at(shop.clock.now() + 1000);
  const proration = whole ? ("none" as const) : undefined;
  if (what === "seal") return seals ? void (await shop.seal(at, { id: `st${shop.clock.now()}` })) : undefined;
  if (what === "send") {
    await shop.send(
      request(`e${shop.clock.now()}`, at, { data: { bytes: which, region: which % 2 === 0 ? "eu" : "us" } }),
    );
    await rollEverything(shop.rolls, merchant, 0);
    return;
  }
  const plan = plans[which % plans.length]?.key ?? "";
  if (what === "subscribe")
    return void (await createSubscription(shop, {
      merchant,
      customer: ann,
      plan,
      start: at,
      proration,
      addOn,
      ...(which > 2 ? { quantity: decimal("2.5"), overrides: [{ price: "fee", amount: "9.3" }] } : {}),
    }));
  const all = await shop.subscriptions.subscriptionsOf(merchant, ann);
  const id = all[which % all.length]?.id ?? "";
  if (what === "change") return void (await changeSubscription(shop, { merchant, id, body: { plan, at, proration } }));
  await stepSubscription(shop, { merchant, id, kind: what, body: { at, proration } });
}

async function after(all: readonly Deed[], seals: boolean): Promise<readonly Seal[]> {
  return (await worldAfter(all, seals)).seals.seals(refOf(ann));
}

async function worldAfter(all: readonly Deed[], seals: boolean): Promise<BillingWorld> {
  const shop = await subscribed();
  shop.at(month(4));
  for (const deed of all) await perform(shop, deed, seals);
  await shop.seal(month(2) + 100 * day, { id: "last" });
  return shop;
}

/** What each charge came to over some seals. */
function charged(seals: readonly Seal[]): Readonly<Record<string, string>> {
  const lines = seals.flatMap(({ invoices }) => invoices.flatMap((invoice) => invoice.lines));
  const sums = [...Map.groupBy(lines, ({ key }) => `${key.subscription} ${key.price} ${key.periodFrom}`)].map(
    ([name, own]) => [name, formatPicos(sum(own.map(({ exact }) => exact)))] as const,
  );
  return Object.fromEntries(sums.filter(([, exact]) => exact !== "0"));
}

describe("subscriptions that are changed, paused and cancelled", () => {
  test("are billed in sum what one seal would bill at the end", async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (all) => {
        expect(charged(await after(all, true))).toEqual(charged(await after(all, false)));
      }),
      { numRuns: 30, seed: 11 },
    );
  });

  test("are rendered again to the same, whatever became of them since, and itemised to the exact amount of each line", async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (all) => {
        const shop = await worldAfter(all, true);
        const seals = await shop.seals.seals(refOf(ann));
        const subscriptions = await shop.subscriptions.subscriptionsOf(merchant, ann);
        for (const [index, seal] of seals.entries()) {
          const { frontier: next, meterRevision, timezone, settlement, sealedAt, customer } = seal;
          const order = { customer, next, meterRevision, timezone, settlement, sealedAt };
          const chain = new SealChain(shop.seals, customer, seals[index - 1]);
          expect(await renderSeal(shop, { ...order, chain, subscriptions: chargedBy(seal, subscriptions) })).toEqual(
            seal,
          );
          await expectItemised(shop, seal);
        }
      }),
      { numRuns: 30, seed: 12 },
    );
  });

  test("owe flat prices for the time in which they ran, and not an hour more", async () => {
    const onTime = deeds.map((all) => all.map((deed) => ({ ...deed, whole: false })));
    await fc.assert(
      fc.asyncProperty(onTime, async (all) => {
        const shop = await worldAfter(all, true);
        const lines = (await shop.seals.seals(refOf(ann))).flatMap(({ invoices }) =>
          invoices.flatMap((one) => one.lines),
        );
        const fee = sum(lines.filter(({ key }) => key.price === "fee").map(({ exact }) => exact));
        const off = BigInt(await hourlyFees(shop)) - fee;
        // Each part of a period rounds by half a pico at most; so does each hour of the sum.
        expect(off < 10_000n && off > -10_000n).toBe(true);
      }),
      { numRuns: 30, seed: 13 },
    );
  });
});

async function expectItemised(shop: BillingWorld, seal: Seal): Promise<void> {
  const items = await chargesOf(shop, seal);
  for (const { id, key, kind, exact } of seal.invoices.flatMap(({ lines }) => lines)) {
    const own = items.filter(({ line }) => line === id).map(({ amount }) => picos(amount));
    const isUsage = kind !== "flat" && !/#|^fee/.test(key.price.replace(/#\d+$|#otherwise$/, ""));
    expect([key.price, formatPicos(sum(own))]).toEqual([key.price, formatPicos(isUsage ? exact : noMoney)]);
  }
}

/** What of a fee is charged in an hour, in tenths: the other plan is free for five days and costs six tenths for two weeks more. */
function shareIn({ plan, start, phasesFrom = start }: Subscription, at: number): bigint {
  if (plan !== "other" || at >= phasesFrom + 19 * day) return 10n;
  return at < phasesFrom + 5 * day ? 0n : 6n;
}

/** Fees in advance, hour by hour: the amount of a month or week by its hours, of whichever subscription runs in each. */
async function hourlyFees(shop: BillingWorld): Promise<Picos> {
  const all = await shop.subscriptions.subscriptionsOf(merchant, ann);
  const chains = Map.groupBy(all, ({ addOn }) => addOn ?? "base");
  return sum([...chains.values()].map(chainFees));
}

function chainFees(all: readonly Subscription[]): Picos {
  const real = all
    .map((one) => ({ ...one, events: one.events ?? [] }))
    .filter(({ start, events }) => !events.some(({ kind, at }) => kind === "cancel" && at <= start));
  let fees = 0n;
  for (let at = month(2); at < month(2) + 130 * day; at += hour) {
    const one = real
      .filter(({ start }) => start <= at)
      .sort((a, b) => a.start - b.start || a.createdAt - b.createdAt)
      .at(-1);
    if (one === undefined || one.events.some(({ kind, at: end }) => kind === "cancel" && end <= at)) continue;
    const steps = one.events.filter((event) => event.kind !== "cancel" && event.at <= at);
    if (steps.at(-1)?.kind === "pause") continue;
    const date = new Date(at);
    const weekday = (date.getUTCDay() + 6) % 7;
    const week = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() - weekday);
    const first = one.interval === "week" ? week : Date.UTC(2026, date.getUTCMonth());
    const end = one.interval === "week" ? week + 7 * day : Date.UTC(2026, date.getUTCMonth() + 1);
    // In advance: as soon as the period has begun within the last cut, it is charged up to its end.
    if (Math.max(first, one.start) >= month(2) + 100 * day) continue;
    const listed = one.plan === "other" ? 3_100_000_000_000n : 31_000_000_000_000n;
    const amount = one.overrides === undefined ? listed : 9_300_000_000_000n;
    const tenths = one.quantity === undefined ? 10n : 25n;
    fees += (amount * tenths * shareIn(one, at) * BigInt(hour)) / BigInt(end - first) / 100n;
  }
  return fees as Picos;
}
