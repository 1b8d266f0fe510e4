import {
  changeInvoice,
  invoiceId,
  receiveRailEvent,
  reconcile,
  refundInvoice,
  workCollections,
} from "@farthing/billing";
import { stripeEvents } from "@farthing/billing/stripe";
import { type Fault, faults } from "@farthing/local/stripe";
import { picosFrom } from "@farthing/money";
import fc from "fast-check";
import { expect, test } from "vitest";
import { survives } from "../support/mortal-port.ts";
import { checkAtRest, checkReconciled, collectionsOf } from "./check-books.ts";
import { type CollectingWorld, collectingWorld, hour, merchant, minute } from "./collecting-world.ts";
import { type Fate, mortalStores } from "./mortal.ts";
import { seeded } from "./random.ts";

const runs = Number(process.env.FARTHING_COLLECTION_RUNS ?? 60);
const customers = ["ann", "bob"] as const;
const secrets = ["whsec_old", "whsec_new"];

interface Real {
  readonly world: CollectingWorld;
  readonly random: () => number;
}

interface Model {
  seals: number;
  keys: number;
}

type Step = fc.AsyncCommand<Model, Real>;

function step(name: string, run: (real: Real, model: Model) => Promise<void>): Step {
  return { check: () => true, run: (model, real) => run(real, model), toString: () => name };
}

const turnOf = (random: () => number) => async () => {
  for (let left = Math.floor(random() * 4); left > 0; left--) await Promise.resolve();
};

/** One message, by one or two processes at once, each with its own fate. */
async function workOne({ world, random }: Real, fates: readonly (Fate | undefined)[]): Promise<void> {
  const ask = world.queue.asked.shift();
  if (ask === undefined) return;
  const turn = turnOf(random);
  const lives = fates.map((fate) => survives(() => workCollections(mortalStores(world.stores, { fate, turn }), ask)));
  // A message whose worker died comes again.
  if (!(await Promise.all(lives)).some(Boolean)) world.queue.asked.push(ask);
}

const fate = fc.option(fc.record({ call: fc.integer({ min: 1, max: 16 }), acted: fc.boolean() }), {
  nil: undefined,
  freq: 2,
});
const customer = fc.constantFrom(...customers);

/** A webhook of any that were ever told: so they come twice, late and in any order. */
async function deliver({ world }: Real, place: number, life: Fate | undefined): Promise<void> {
  const told = world.stripe.shelves.all("happening");
  const one = told[Math.floor(place * told.length)];
  if (one === undefined) return;
  let posted: { text: string; signature: string } | undefined;
  world.stripe.deliveries.point({ url: "", secrets });
  world.stripe.deliveries.send(one);
  await world.stripe.deliveries.deliver(async ({ body, signature }) => {
    if (body.includes(one.id)) posted = { text: body, signature };
    return true;
  });
  if (posted === undefined) return;
  const events = stripeEvents({ secrets: ["whsec_new"], clock: world.stores.clock });
  const stores = { ...mortalStores(world.stores, { fate: life }), events };
  const request = { merchant, ...posted };
  await survives(async () => {
    const answer = await receiveRailEvent(stores, request);
    if (!answer.ok) expect(answer.error.code).toBe("try_again");
  });
}

/** A customer opens the hosted page of an invoice and saves a card there. */
async function payByPage({ world }: Real, place: number, card: string): Promise<void> {
  const all = await collectionsOf(world);
  const one = all[Math.floor(place * all.length)];
  const known = one && (await world.stores.railCustomers.railCustomer(merchant, one.customer));
  if (one === undefined || known === undefined) return;
  const metadata = { merchant, invoice: invoiceId(one) };
  const order = { customer: known, currency: one.currency, language: "ko", metadata } as const;
  const page = await world.stores.rail(undefined).openPage(order);
  if (page.kind === "done") world.stripe.complete(page.value.split("/").at(-1) ?? "", card);
}

async function refund({ world }: Real, model: Model, { place, share }: { place: number; share: number }, life?: Fate) {
  const all = (await collectionsOf(world)).filter(({ status }) => status === "paid");
  const one = all[Math.floor(place * all.length)];
  if (one === undefined) return;
  const cents = (one.amount / 10n ** 10n) * BigInt(share);
  const amount = picosFrom((cents / 10n) * 10n ** 10n);
  const request = { merchant, invoice: invoiceId(one), amount, key: `k${model.keys++ % 5}` };
  await survives(() => refundInvoice(mortalStores(world.stores, { fate: life }), request));
}

async function voidOne({ world }: Real, place: number): Promise<void> {
  const all = await collectionsOf(world);
  const one = all[Math.floor(place * all.length)];
  if (one === undefined) return;
  await changeInvoice(world.stores, { merchant, id: invoiceId(one), event: "voided", reason: "a mistake" });
}

const place = fc.double({ min: 0, max: 0.999, noNaN: true });
const working = fc
  .array(fate, { minLength: 1, maxLength: 2 })
  .map((fates) => step("work", (real) => workOne(real, fates)));
const pushing = fate.map((life) =>
  step("push", async ({ world }) => {
    await survives(() => workCollections(mortalStores(world.stores, { fate: life }), { ask: "push", merchant }));
  }),
);

const commands = [
  fc.record({ who: customer, cents: fc.integer({ min: 1, max: 99_999 }) }).map(({ who, cents }) =>
    step(`seal ${who} ${cents}`, async ({ world }, model) => {
      const total = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
      await world.seal({ customer: who, total, seal: ++model.seals });
      await world.queue.askToOpen(merchant, "st_1");
    }),
  ),
  working,
  working,
  working,
  pushing,
  pushing,
  fc.integer({ min: 1, max: 6 }).map((some) => step(`${some} min`, async ({ world }) => world.pass(some * minute))),
  fc.integer({ min: 20, max: 26 }).map((some) => step(`${some} h`, async ({ world }) => world.pass(some * hour))),
  fc.integer({ min: 1, max: 9 * 24 }).map((hours) => step(`${hours} h`, async ({ world }) => world.pass(hours * hour))),
  fc
    .record({ who: customer, card: fc.constantFrom("pm_card_visa", "pm_card_chargeCustomerFail") })
    .map(({ who, card }) =>
      step(`card ${who} ${card}`, async ({ world }) => {
        await survives(() => world.saveCard(who, card));
      }),
    ),
  fc.tuple(place, fate).map(([at, life]) => step("webhook", (real) => deliver(real, at, life))),
  fc
    .tuple(place, fc.constantFrom("pm_card_visa", "pm_card_chargeCustomerFail"))
    .map(([at, card]) => step("page", (real) => payByPage(real, at, card))),
  fc
    .record({ place, share: fc.integer({ min: 1, max: 10 }) })
    .map((what) => step("refund", (real, model) => refund(real, model, what))),
  place.map((at) => step("void", (real) => voidOne(real, at))),
  fc.constant(step("late", async ({ world }) => world.stripe.actLate())),
  fate.map((life) =>
    step("reconcile", async ({ world }) => {
      await survives(() => reconcile(mortalStores(world.stores, { fate: life }), merchant).catch(unlessAway));
    }),
  ),
];

function unlessAway(error: unknown): undefined {
  if (error instanceof Error && error.name === "ServiceUnavailable") return undefined;
  throw error;
}

test("whatever fails and whoever dies, each invoice is collected at most once and the books are the rail's", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.commands(commands, { maxCommands: 80, size: "max" }),
      fc.integer(),
      fc.constantFrom(0, 0.1, 0.4),
      async (steps, seed, rate) => {
        const random = seeded(seed);
        const going = { wrong: rate };
        const chance = (): Fault | undefined =>
          random() < going.wrong ? faults[Math.floor(random() * faults.length)] : undefined;
        const world = collectingWorld({ chance });
        // Dense from the start: a sparse history is mostly one in which nothing happens.
        for (const seal of [1, 2]) await world.seal({ customer: "ann", total: `${seal}0.00`, seal });
        await world.saveCard("ann", "pm_card_visa");
        await world.queue.askToOpen(merchant, "st_1");
        await fc.asyncModelRun(() => ({ model: { seals: 2, keys: 0 }, real: { world, random } }), steps);
        going.wrong = 0;
        await world.queue.askToOpen(merchant, "st_1");
        await world.run(60);
        world.stripe.actLate();
        await world.run(3);
        await checkAtRest(world);
        await checkReconciled(world);
      },
    ),
    { numRuns: runs, endOnFailure: true },
  );
}, 600_000);
