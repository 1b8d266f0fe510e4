import {
  changeInvoice,
  collectInvoice,
  getCollection,
  invoiceId,
  listCollections,
  openPayPage,
  payToken,
  receiveRailEvent,
  reconcile,
  refundInvoice,
  reportCollection,
  unconfiguredRail,
  workCollections,
} from "@farthing/billing";
import { stripeEvents } from "@farthing/billing/stripe";
import { picos } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { checkReconciled } from "./check-books.ts";
import { type CollectingWorld, collectingWorld, day, hour, merchant, minute } from "./collecting-world.ts";

const open = { ask: "open", merchant, settlement: "st_1" } as const;
const secrets = ["whsec_old", "whsec_new"];

/** A world in which an invoice of 20.00 was paid, or could not be. */
async function collected(card: string | undefined, total = "20.00", currency = "USD") {
  const world = collectingWorld();
  if (card !== undefined) await world.saveCard("ann", card);
  const ref = await world.seal({ customer: "ann", total, currency });
  await workCollections(world.stores, open);
  await world.work();
  const collection = async () => await world.stores.collections.collection(ref);
  return { world, ref, collection, id: invoiceId(ref) };
}

/** Every webhook told so far, signed, in order. */
async function webhooks(world: CollectingWorld, by = secrets) {
  const posted: { text: string; signature: string }[] = [];
  world.stripe.deliveries.point({ url: "https://x.example", secrets: by });
  await world.stripe.deliveries.deliver(async ({ body: text, signature }) => posted.push({ text, signature }) > 0);
  return posted;
}

const receivingOf = (world: CollectingWorld, known = secrets) => ({
  ...world.stores,
  events: stripeEvents({ secrets: known, clock: world.stores.clock }),
});

describe("a refund", () => {
  test.for([
    { what: { invoice: "inv_bob_1_USD" }, code: "not_found" },
    { what: { invoice: "nonsense" }, code: "not_found" },
    { what: { key: "k0", amount: picos("2") }, code: "idempotency_conflict" },
    { what: { amount: picos("0") }, code: "invalid_amount" },
    { what: { amount: picos("-1") }, code: "invalid_amount" },
    { what: { amount: picos("0.001") }, code: "invalid_amount" },
    { what: { amount: picos("19.01") }, code: "refund_too_large" },
  ])("of $what is refused as $code", async ({ what, code }) => {
    const { world, id } = await collected("pm_card_visa");
    const request = { merchant, invoice: id, amount: picos("1"), key: "k1" };
    expect(await refundInvoice(world.stores, { ...request, key: "k0" })).toMatchObject({ ok: true });
    expect(await refundInvoice(world.stores, { ...request, ...what })).toMatchObject({ ok: false, error: { code } });
  });

  test("of what was not paid is refused", async () => {
    const { world, id } = await collected(undefined);
    const refused = await refundInvoice(world.stores, { merchant, invoice: id, amount: picos("1"), key: "k" });
    expect(refused).toMatchObject({ error: { code: "not_paid" } });
  });

  test("is made once, told to the customer, and up to all that was paid", async () => {
    const { world, id, collection } = await collected("pm_card_visa");
    const request = { merchant, invoice: id, amount: picos("5"), key: "k1" };
    const first = await refundInvoice(world.stores, request);
    expect(first).toMatchObject({ ok: true, value: { status: "done", amount: picos("5") } });
    expect(await refundInvoice(world.stores, request)).toEqual(first);
    expect(await refundInvoice(world.stores, { ...request, amount: picos("15"), key: "k2" })).toMatchObject({
      ok: true,
    });
    expect(world.stripe.shelves.all("refund").map(({ amount }) => amount)).toEqual([500, 1500]);
    expect(await collection()).toMatchObject({ status: "paid", notices: [], dueAt: undefined });
  });

  test.for(["closed_after", "closed", "error_500_after", "timeout_after", "late"] as const)(
    "that ended in %s is looked up, and made once",
    async (fault) => {
      const { world, id, collection } = await collected("pm_card_visa");
      world.stripe.script.add([{ on: "refunds.create", fault, times: 1 }]);
      const request = { merchant, invoice: id, amount: picos("5"), key: "k1" };
      expect(await refundInvoice(world.stores, request)).toMatchObject({ value: { status: "sending" } });
      await world.run(3);
      expect(await collection()).toMatchObject({ refunds: [{ status: "done" }] });
      expect(world.stripe.shelves.all("refund")).toHaveLength(1);
      await checkReconciled(world);
    },
  );

  test("that ended in a 500 is not asked for under its key again after a day, and is made then", async () => {
    const { world, id, collection } = await collected("pm_card_visa");
    world.stripe.script.add([{ on: "refunds.create", fault: "error_500", times: 1 }]);
    await refundInvoice(world.stores, { merchant, invoice: id, amount: picos("5"), key: "k1" });
    world.pass(22 * hour);
    await workCollections(world.stores, { ask: "push", merchant });
    await world.work();
    expect(await collection()).toMatchObject({ refunds: [{ status: "sending" }] });
    await world.run(2);
    expect(await collection()).toMatchObject({ refunds: [{ status: "done" }] });
    const keys = world.stripe.shelves.all("remembered").filter(({ id: key }) => key.includes(":refund:"));
    expect(keys.map(({ status }) => status)).toEqual([500, 200]);
  });
});

describe("a webhook", () => {
  test("that is forged, stale, or signed by a secret that is out of use is refused", async () => {
    const { world } = await collected("pm_card_visa");
    const [one] = await webhooks(world);
    if (one === undefined) throw new Error("nothing was told");
    const take = (request: typeof one, known?: string[]) =>
      receiveRailEvent(receivingOf(world, known), { merchant, ...request });
    const refused = { ok: false, error: { code: "invalid_signature" } };
    expect(await take({ ...one, text: `${one.text} ` })).toEqual(refused);
    expect(await take({ ...one, signature: "" })).toEqual(refused);
    expect(await take(one, ["whsec_other"])).toEqual(refused);
    expect(await take(one, [])).toEqual(refused);
    for (const known of secrets) expect(await take(one, [known])).toMatchObject({ ok: true });
    world.pass(6 * minute);
    expect(await take(one)).toEqual(refused);
  });

  test("of another merchant, another account or nothing of ours changes nothing", async () => {
    const { world } = await collected("pm_card_visa");
    const all = await webhooks(world);
    const stores = receivingOf(world);
    const elsewhere = {
      ...stores,
      policies: { settings: async () => ({ retryDays: [], writeOffDays: 1, account: "acct_1" }) },
    };
    for (const request of all) {
      expect(await receiveRailEvent(elsewhere, { merchant, ...request })).toEqual({
        ok: true,
        value: { received: true },
      });
    }
  });

  test("of a saved card pays the invoice at once, however often it comes", async () => {
    const { world, ref, collection } = await collected(undefined);
    const customer = await world.stores.railCustomers.railCustomer(merchant, ref.customer);
    expect(await collection()).toMatchObject({ status: "declined", attempts: [{ outcome: "no_method" }] });
    const paySecrets = async () => new Uint8Array(32);
    const page = await openPayPage({ ...world.stores, paySecrets }, payToken(ref, new Uint8Array(32)));
    if (!page.ok || customer === undefined) throw new Error("no page was opened");
    world.stripe.complete(page.value.url.split("/").at(-1) ?? "", "pm_card_visa");
    const all = await webhooks(world);
    for (const request of [...all, ...all].toReversed())
      expect(await receiveRailEvent(receivingOf(world), { merchant, ...request })).toMatchObject({ ok: true });
    expect(await collection()).toMatchObject({ status: "paid", attempts: [{}, { outcome: "paid", woken: true }] });
    expect(world.stripe.shelves.all("charge")).toHaveLength(1);
    const again = await openPayPage({ ...world.stores, paySecrets }, payToken(ref, new Uint8Array(32)));
    expect(again).toMatchObject({ error: { code: "not_collected" } });
    expect(await openPayPage({ ...world.stores, paySecrets }, "x.y")).toMatchObject({ error: { code: "not_found" } });
  });

  test("comes again where another is at the invoice", async () => {
    const { world, ref } = await collected("pm_card_visa");
    const request = (await webhooks(world)).find(({ text }) => text.includes('"payment_intent.succeeded"'));
    const stored = await world.stores.collections.collection(ref);
    if (request === undefined || stored === undefined) throw new Error("nothing was paid");
    const busy = {
      ...world.stores.collections,
      collection: async () => ({ ...stored, status: "sending", dueAt: world.now() + 1 }) as const,
    };
    const taken = await receiveRailEvent({ ...receivingOf(world), collections: busy }, { merchant, ...request });
    expect(taken).toEqual({ ok: false, error: { code: "try_again" } });
  });
});

describe("what people do meanwhile", () => {
  test("a void ends the collection, and closes its payment", async () => {
    const { world, id, collection } = await collected("pm_card_chargeCustomerFail");
    await changeInvoice(world.stores, { merchant, id, event: "voided", reason: "a mistake" });
    await world.saveCard("ann", "pm_card_visa");
    await world.run(3);
    expect(await collection()).toMatchObject({ status: "withdrawn" });
    expect(world.stripe.shelves.all("payment")).toMatchObject([{ status: "canceled" }]);
  });

  test("money that came for an invoice that was void by then is given back", async () => {
    const world = collectingWorld();
    await world.saveCard("ann", "pm_card_visa");
    const ref = await world.seal({ customer: "ann", total: "20.00" });
    await workCollections(world.stores, open);
    const take = async () => {
      await changeInvoice(world.stores, { merchant, id: invoiceId(ref), event: "voided", reason: "a mistake" });
      return "committed" as const;
    };
    const { collections } = world.stores;
    let isPaid = false;
    const stores = {
      ...world.stores,
      collections: {
        ...collections,
        commit: async (change: Parameters<typeof collections.commit>[0]) => {
          if (change.collection.status === "paid" && !isPaid) await take();
          isPaid ||= change.collection.status === "paid";
          return await collections.commit(change);
        },
      },
    };
    await collectInvoice(stores, ref);
    await world.run(2);
    expect(await collections.collection(ref)).toMatchObject({
      status: "paid",
      refunds: [{ key: "not-owed", status: "done" }],
    });
    expect(world.stripe.shelves.all("refund")).toMatchObject([{ amount: 2000 }]);
  });
});

describe("an invoice", () => {
  test.for([
    { total: "0.49", currency: "USD", reason: "below_minimum" },
    { total: "5.124", currency: "KWD", reason: "amount_not_representable" },
  ])("of $total $currency is past due at once as $reason, and never sent", async ({ total, currency, reason }) => {
    const { world, collection } = await collected("pm_card_visa", total, currency);
    expect(await collection()).toMatchObject({ status: "past_due", reason });
    await world.run(40);
    expect(await collection()).toMatchObject({ status: "written_off" });
    expect(world.stripe.shelves.all("payment")).toEqual([]);
  });

  test.for([
    { total: "5000", currency: "KRW", amount: 5000 },
    { total: "7", currency: "ISK", amount: 700 },
    { total: "5.12", currency: "KWD", amount: 5120 },
  ])("of $total $currency is asked for as $amount", async ({ total, currency, amount }) => {
    const { world, collection } = await collected("pm_card_visa", total, currency);
    expect(world.stripe.shelves.all("payment")).toMatchObject([{ amount, currency: currency.toLowerCase() }]);
    expect(await collection()).toMatchObject({ status: "paid", amount: picos(total) });
    await checkReconciled(world);
  });

  test("waits, and says why, while there is no key to the rail", async () => {
    const { world, ref } = await collected(undefined);
    world.pass(day);
    await collectInvoice({ ...world.stores, rail: () => unconfiguredRail }, ref);
    const shown = await getCollection(world.stores, { merchant, id: invoiceId(ref) });
    expect(shown).toMatchObject({ value: { status: "declined", reason: "rail_not_configured" } });
  });

  test("is not opened for a merchant who does not collect", async () => {
    const world = collectingWorld();
    const ref = await world.seal({ customer: "ann", total: "5.00" });
    await world.stores.runs.expect(merchant, "st_1");
    await workCollections({ ...world.stores, policies: { settings: async () => undefined } }, open);
    expect(await world.stores.collections.collection(ref)).toBeUndefined();
    expect(await world.stores.runs.expected(merchant)).toEqual([]);
  });
});

describe("the reconciliation", () => {
  test("notes what was taken without our knowing, and closes what is not the invoice's own", async () => {
    const { world, ref, collection } = await collected("pm_card_chargeCustomerFail");
    const before = await collection();
    await world.saveCard("ann", "pm_card_visa");
    const customer = (await world.stores.railCustomers.railCustomer(merchant, ref.customer)) ?? "";
    const rail = world.stores.rail(undefined);
    const method = await rail.savedMethod(customer);
    if (method.kind !== "done" || method.value === undefined) throw new Error("no card was saved");
    // Somebody takes the payment by hand, in the rail's own dashboard; and one is left over from a lost answer.
    await rail.takePayment({ id: before?.payment ?? "", method: method.value, key: "by hand" });
    const metadata = { merchant, invoice: invoiceId(ref) };
    const stray = { customer, amount: ref.currency === "USD" ? picos("20") : picos("1"), currency: ref.currency };
    await rail.createPayment({ ...stray, description: "lost", metadata, key: "lost" });
    world.pass(day);
    const found = await reconcile(world.stores, merchant);
    expect(found?.mended.map(({ what }) => what).sort()).toEqual(["closed", "noted"]);
    expect(found).toMatchObject({ unmatched: [], movements: 1 });
    expect(await collection()).toMatchObject({ status: "paid" });
    const shown = await reportCollection(world.stores, { merchant });
    expect(shown).toMatchObject({
      value: { totals: [{ currency: "USD", ours: "20", theirs: "20", ourFees: "0.88" }] },
    });
  });

  test("reads the rail's payments once, and lists a second one that was taken while it was to be closed", async () => {
    const { world, ref } = await collected("pm_card_visa");
    const customer = (await world.stores.railCustomers.railCustomer(merchant, ref.customer)) ?? "";
    const rail = world.stores.rail(undefined);
    const method = await rail.savedMethod(customer);
    if (method.kind !== "done" || method.value === undefined) throw new Error("no card was saved");
    const taking = { method: method.value, key: "by hand" };
    const metadata = { merchant, invoice: invoiceId(ref) };
    const order = {
      customer,
      amount: picos("20"),
      currency: ref.currency,
      description: "twice",
      metadata,
      key: "twice",
    };
    const second = await rail.createPayment(order);
    if (second.kind !== "done") throw new Error("no payment was made");
    world.pass(day);
    let pages = 0;
    const crossed: typeof rail = {
      ...rail,
      async payments(range) {
        pages += 1;
        return await rail.payments(range);
      },
      async closePayment(id, key) {
        await rail.takePayment({ id, ...taking });
        return await rail.closePayment(id, key);
      },
    };
    const found = await reconcile({ ...world.stores, rail: () => crossed }, merchant);
    expect(pages).toBe(1);
    expect(found?.mended.map(({ what }) => what)).not.toContain("closed");
    expect(found?.unmatched.map(({ what, id }) => `${what} ${id}`)).toContain(`second_payment ${second.value.id}`);
  });

  test("lists what is on one side alone until it is gone, and nothing of others'", async () => {
    const { world } = await collected("pm_card_visa");
    expect(await reportCollection(world.stores, { merchant })).toMatchObject({ error: { code: "not_found" } });
    const [movement] = world.stripe.shelves.all("movement");
    const [charge] = world.stripe.shelves.all("charge");
    if (movement === undefined || charge === undefined) throw new Error("nothing was paid");
    world.stripe.shelves.put("charge", { ...charge, id: "ch_x", metadata: { merchant, invoice: "inv_bob_9_USD" } });
    world.stripe.shelves.put("movement", { ...movement, id: "txn_x", source: "ch_x" });
    world.stripe.shelves.put("movement", { ...movement, fee: 1 });
    world.stripe.shelves.put("charge", { ...charge, id: "ch_y", metadata: { merchant: "other" } });
    world.stripe.shelves.put("movement", { ...movement, id: "txn_y", source: "ch_y" });
    world.pass(day);
    const found = await reconcile(world.stores, merchant);
    expect(found?.unmatched.map(({ what, id }) => `${what} ${id}`).sort()).toEqual([
      `differs ${movement.id}`,
      "only_theirs txn_x",
    ]);
    world.pass(20 * day);
    expect((await reconcile(world.stores, merchant))?.unmatched).toHaveLength(2);
  });

  test("is tried again where the rail does not answer", async () => {
    const { world } = await collected("pm_card_visa");
    world.pass(day);
    world.stripe.script.add([{ on: "balance_transactions.list", fault: "rate_limited", times: 1 }]);
    await expect(reconcile(world.stores, merchant)).rejects.toMatchObject({ name: "ServiceUnavailable" });
    expect(await reconcile(world.stores, merchant)).toMatchObject({ unmatched: [] });
  });
});

test("collections are listed by state and customer while something is left to do", async () => {
  const { world, id } = await collected("pm_card_chargeCustomerFail");
  const list = async (more: object) => {
    const listed = await listCollections(world.stores, { merchant, limit: 10, ...more });
    return listed.ok ? listed.value.items.map(({ invoice }) => invoice) : [];
  };
  expect(await list({})).toEqual([id]);
  expect(await list({ status: "declined" })).toEqual([id]);
  expect(await list({ status: "past_due" })).toEqual([]);
  expect(await list({ customer: "bob" })).toEqual([]);
  expect(await getCollection(world.stores, { merchant, id: "inv_bob_1_USD" })).toMatchObject({ ok: false });
  expect(await getCollection(world.stores, { merchant, id: "x" })).toMatchObject({ ok: false });
});
