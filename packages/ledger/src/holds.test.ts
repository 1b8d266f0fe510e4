import { crashing, eachCrash, survive } from "@farthing/metering/faults";
import { err, expectOk, formatPicos, picos } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { accountId } from "./account.ts";
import { endHold, type HoldEnd, type HoldOrder, placeHold } from "./holds.ts";
import { ann, hour, ledgerWorld, merchant, posting, start, usd } from "./ledger.fixture.ts";
import { partyBalances } from "./list-accounts.ts";
import { type LedgerStores, post } from "./post.ts";

const order: HoldOrder = {
  merchant,
  id: "tab1",
  party: ann,
  currency: usd,
  amount: picos("8"),
  occurredAt: start,
  expiresAt: start + hour,
  description: "A tab",
};
const end = { merchant, id: "tab1", occurredAt: start + hour - 1 };
const posted = (amount: string): HoldEnd => ({ ...end, how: "posted", amount: picos(amount) });

/** A wallet of ten, of which eight are held. */
async function heldWorld() {
  const world = ledgerWorld();
  await post(world, posting("wallet_topped_up:1", ["clearing:USD 10", "wallet:USD:ann -10"]));
  expectOk(await placeHold(world, order));
  return world;
}

async function balancesOf({ books }: LedgerStores): Promise<Readonly<Record<string, string>>> {
  const balances = await partyBalances(books, { merchant, party: ann });
  return Object.fromEntries(balances.map(({ account, balance }) => [accountId(account), formatPicos(balance)]));
}

describe("placeHold", () => {
  test("takes money out of the wallet, so that limits count it", async () => {
    const world = await heldWorld();
    expect(await balancesOf(world)).toEqual({ "wallet:USD:ann": "-2", "held:USD:ann": "-8" });
    const second = { ...order, id: "tab2", amount: picos("2.000000000001") };
    expect(await placeHold(world, second)).toMatchObject(err({ code: "limit_exceeded", balance: "0.000000000001" }));
    expect((await placeHold(world, { ...second, amount: picos("2") })).ok).toBe(true);
  });

  test.for(["0", "-1"])("of %s is none", async (amount) => {
    const held = await placeHold(ledgerWorld(), { ...order, amount: picos(amount) });
    expect(held).toEqual(err({ code: "invalid_hold_amount" }));
  });

  test("again answers the same, and with other content is a conflict", async () => {
    const world = await heldWorld();
    expect((await placeHold(world, order)).ok).toBe(true);
    const other = { ...order, expiresAt: order.expiresAt + 1 };
    expect(await placeHold(world, other)).toMatchObject(err({ code: "cause_conflict" }));
  });
});

describe("endHold", () => {
  test.for<{ how: HoldEnd; wallet: string; receivable: string | undefined; why: string }>([
    { how: posted("8"), wallet: "-2", receivable: "-8", why: "in whole" },
    { how: posted("0.000000000001"), wallet: "-9.999999999999", receivable: "-0.000000000001", why: "in part" },
    { how: { ...end, how: "voided" }, wallet: "-10", receivable: undefined, why: "voided" },
    { how: { ...end, how: "expired", occurredAt: start + hour }, wallet: "-10", receivable: undefined, why: "expired" },
  ])("$why, once: the rest goes back", async ({ how, wallet, receivable }) => {
    const world = await heldWorld();
    const first = await endHold(world, how);
    expect(await endHold(world, how)).toEqual(first);
    const balances = await balancesOf(world);
    expect([balances["wallet:USD:ann"], balances["held:USD:ann"], balances["receivable:USD:ann"]]).toEqual([
      wallet,
      "0",
      receivable,
    ]);
    const others: readonly HoldEnd[] = [posted("3"), { ...end, occurredAt: start + 2 * hour, how: "expired" }];
    for (const other of others) expect(await endHold(world, other)).toEqual(err({ code: "hold_ended" }));
    expect(await balancesOf(world)).toEqual(balances);
  });

  test.for<{ how: HoldEnd; code: string; why: string }>([
    { how: { ...posted("1"), id: "tab9" }, code: "unknown_hold", why: "no hold" },
    { how: posted("0"), code: "invalid_hold_amount", why: "nothing posted" },
    { how: posted("-1"), code: "invalid_hold_amount", why: "less than nothing posted" },
    { how: posted("8.000000000001"), code: "invalid_hold_amount", why: "more posted than held" },
    { how: { ...posted("1"), occurredAt: start + hour }, code: "hold_expired", why: "posted as it runs out" },
    { how: { ...end, how: "expired" }, code: "hold_not_expired", why: "expired a millisecond early" },
  ])("is refused with $code: $why", async ({ how, code }) => {
    const world = await heldWorld();
    const before = await balancesOf(world);
    expect(await endHold(world, how)).toEqual(err({ code }));
    expect(await balancesOf(world)).toEqual(before);
  });

  test("by many at once ends it once", async () => {
    const world = await heldWorld();
    const ends = [posted("1"), posted("2"), { ...end, how: "voided" } as const].map((how) => endHold(world, how));
    expect((await Promise.all(ends)).filter(({ ok }) => ok)).toHaveLength(1);
    expect((await balancesOf(world))["held:USD:ann"]).toBe("0");
  });

  test("killed before or after any call, is done by who comes next", async () => {
    await eachCrash(async (point) => {
      const world = await heldWorld();
      const { stores, calls } = crashing({ books: world.books, clock: world.clock }, point);
      await survive(() => endHold(stores, posted("5")));
      expect((await endHold(world, posted("5"))).ok).toBe(true);
      expect(await balancesOf(world)).toMatchObject({ "wallet:USD:ann": "-5", "receivable:USD:ann": "-5" });
      return { calls };
    });
  });
});
