import { picosFrom } from "@farthing/money";
import fc from "fast-check";
import { partyId } from "./account.ts";
import { endHold, type HoldEnd, placeHold } from "./holds.ts";
import { merchant, usd } from "./ledger.fixture.ts";
import type { Leg, Oracle } from "./oracle.fixture.ts";
import { type Action, codeOf, contentOf, walletOf } from "./posting-actions.fixture.ts";

/** Holds under few ids. */
export const holds = fc
  .record({ id: fc.nat(3), party: fc.constantFrom("ann", "bob"), amount: fc.bigInt({ min: 0n, max: 6n }) })
  .map(({ id, party, amount }): Action => {
    const cause = `hold_placed:${id}`;
    const legs: readonly Leg[] = [
      [`wallet:USD:${party}`, amount],
      [`held:USD:${party}`, -amount],
    ];
    const expiresAt = 2_000_000_000_000;
    const content = `${legs.join(";")}`;
    const order = {
      merchant,
      id: String(id),
      party: partyId(party),
      currency: usd,
      occurredAt: 5,
      description: "A tab",
    };
    return {
      name: `hold ${id} of ${amount} of ${party}`,
      candidates: () => (amount === 0n ? [] : [{ cause, legs, content }]),
      expected: (oracle) => {
        if (amount === 0n) return "invalid_hold_amount";
        const known = oracle.find(cause);
        if (known !== undefined) return known.content === content ? "ok" : "cause_conflict";
        return walletOf(oracle, party) + amount > 0n ? "limit_exceeded" : "ok";
      },
      run: async (stores) => codeOf(await placeHold(stores, { ...order, amount: picosFrom(amount), expiresAt })),
    };
  });

/** Ends of them, in every way, in time and late. */
export const ends = fc
  .record({
    id: fc.nat(3),
    how: fc.constantFrom<HoldEnd["how"]>("posted", "voided", "expired"),
    amount: fc.bigInt({ min: 0n, max: 6n }),
    isLate: fc.boolean(),
  })
  .map((drawn): Action => {
    const { id, how, isLate } = drawn;
    const cause = `hold_ended:${id}`;
    const occurredAt = isLate ? 2_000_000_000_000 : 6;
    const legsIn = (oracle: Oracle): readonly Leg[] | undefined => {
      const held = oracle.find(`hold_placed:${id}`)?.legs.find(([leg]) => leg.startsWith("held"));
      if (held === undefined) return undefined;
      const [party, all] = [held[0].slice("held:USD:".length), -held[1]];
      const posted = how === "posted" ? drawn.amount : 0n;
      return [
        [held[0], all],
        [`receivable:USD:${party}`, -posted],
        [`wallet:USD:${party}`, posted - all],
      ];
    };
    const content = (legs: readonly Leg[]) => `${how} ${contentOf(legs, occurredAt)}`;
    return {
      name: `end of hold ${id}: ${how} ${drawn.amount}${isLate ? ", late" : ""}`,
      candidates: (oracle) => {
        const legs = legsIn(oracle);
        return legs === undefined ? [] : [{ cause, legs, content: content(legs) }];
      },
      expected: (oracle) => {
        const legs = legsIn(oracle);
        if (legs === undefined) return "unknown_hold";
        const known = oracle.find(cause);
        if (known !== undefined) return known.content === content(legs) ? "ok" : "hold_ended";
        const all = legs[0]?.[1] ?? 0n;
        if (how === "posted" && (drawn.amount < 1n || drawn.amount > all)) return "invalid_hold_amount";
        if (how === "posted" && isLate) return "hold_expired";
        return how === "expired" && !isLate ? "hold_not_expired" : "ok";
      },
      run: async (stores) => {
        const common = { merchant, id: String(id), occurredAt };
        const end: HoldEnd =
          how === "posted" ? { ...common, how, amount: picosFrom(drawn.amount) } : { ...common, how };
        return codeOf(await endHold(stores, end));
      },
    };
  });
