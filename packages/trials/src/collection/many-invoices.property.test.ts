import { workCollections } from "@farthing/billing";
import { type Fault, faults } from "@farthing/local/stripe";
import { expect, test } from "vitest";
import { survives } from "../support/mortal-port.ts";
import { checkAtRest, checkReconciled, collectionsOf } from "./check-books.ts";
import { collectingWorld, day, merchant } from "./collecting-world.ts";
import { type Fate, mortalStores } from "./mortal.ts";
import { seeded } from "./random.ts";

const cards = ["pm_card_visa", "pm_card_visa", "pm_card_visa", "pm_card_chargeCustomerFail", undefined] as const;

test("a settlement of 1,000 invoices against a failing rail: each ends paid or written off, exactly once", async () => {
  const random = seeded(20261126);
  const going = { wrong: 0.3 };
  const chance = (): Fault | undefined =>
    random() < going.wrong ? faults[Math.floor(random() * faults.length)] : undefined;
  const world = collectingWorld({ chance });
  for (let at = 0; at < 1000; at++) {
    const customer = `c${at}`;
    const card = cards[at % cards.length];
    if (card !== undefined) await world.saveCard(customer, card);
    await world.seal({ customer, total: `${1 + (at % 90)}.${String(at % 100).padStart(2, "0")}` });
  }
  // What asks to collect it is lost, and so is every message whose worker dies: the push finds them.
  await world.settle();
  for (const end = world.now() + 60 * day; world.now() < end; world.pass(day / 4)) {
    if (world.now() > end - 55 * day) going.wrong = 0;
    if (random() < 0.2) world.stripe.actLate();
    await workCollections(world.stores, { ask: "push", merchant });
    for (let ask = world.queue.asked.shift(); ask !== undefined; ask = world.queue.asked.shift()) {
      const fate: Fate | undefined =
        random() < going.wrong ? { call: 1 + Math.floor(random() * 200), acted: random() < 0.5 } : undefined;
      const message = ask;
      await survives(() => workCollections(mortalStores(world.stores, { fate }), message));
    }
  }
  await checkAtRest(world);
  await checkReconciled(world);
  const collections = await collectionsOf(world);
  const ended = Object.groupBy(collections, ({ status }) => status);
  expect(collections).toHaveLength(1000);
  expect(ended.paid?.length).toBe(600);
  expect(ended.written_off?.length).toBe(400);
}, 300_000);
