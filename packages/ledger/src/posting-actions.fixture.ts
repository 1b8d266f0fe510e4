import { picosFrom, type Result } from "@farthing/money";
import fc from "fast-check";
import { account } from "./account.ts";
import { merchant } from "./ledger.fixture.ts";
import type { Candidate, Leg, Oracle } from "./oracle.fixture.ts";
import { type LedgerStores, post } from "./post.ts";
import { postChunk, postRun } from "./post-run.ts";
import { makePosting, type Posting } from "./posting.ts";

/** What an action answered: "ok", or the code of its failure. */
export interface Outcome {
  readonly code: string;
}

/** An action on the books: what it may post, what it has to answer, and how it is done. */
export interface Action {
  readonly name: string;
  readonly candidates: (oracle: Oracle) => readonly Candidate[];
  readonly expected: (oracle: Oracle) => string;
  readonly run: (stores: LedgerStores, oracle: Oracle) => Promise<Outcome>;
}

/** What a result comes to. */
export function codeOf(result: Result<unknown, { readonly code: string }>): Outcome {
  return { code: result.ok ? "ok" : result.error.code };
}

function postingOf(cause: string, legs: readonly Leg[], occurredAt: number): Posting {
  const entries = legs.map(([id, amount]) => ({ account: account(id), amount: picosFrom(amount) }));
  const made = makePosting({ merchant, cause, occurredAt, description: "A test", facts: {}, entries });
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}

/** What of a cause has to be the same when it comes again. */
export const contentOf = (legs: readonly Leg[], occurredAt: number) => `${legs.join(";")} ${occurredAt}`;

/** Payments, top-ups and draws under few causes, so that they meet; draws are limited by the wallet. */
export const posts = fc
  .record({
    id: fc.nat(7),
    how: fc.constantFrom("payment", "top_up", "draw"),
    party: fc.constantFrom("ann", "bob"),
    amount: fc.bigInt({ min: 1n, max: 9n }),
  })
  .map(({ id, how, party, amount }): Action => {
    const cause = `test:${id}`;
    const legs: readonly Leg[] = {
      payment: [
        ["clearing:USD", amount],
        [`receivable:USD:${party}`, -amount],
      ] as const,
      top_up: [
        ["clearing:USD", amount],
        [`wallet:USD:${party}`, -amount],
      ] as const,
      draw: [
        [`wallet:USD:${party}`, amount],
        [`receivable:USD:${party}`, -amount],
      ] as const,
    }[how as "payment"];
    const limits = [{ accounts: [account(`wallet:USD:${party}`)], atMost: picosFrom(0n) }];
    return {
      name: `${how} of ${amount} of ${party} under ${cause}`,
      candidates: () => [{ cause, legs, content: contentOf(legs, 5) }],
      expected: (oracle) => {
        const known = oracle.find(cause);
        if (known !== undefined) return known.content === contentOf(legs, 5) ? "ok" : "cause_conflict";
        return how === "draw" && walletOf(oracle, party) + amount > 0n ? "limit_exceeded" : "ok";
      },
      run: async (stores) => codeOf(await post(stores, postingOf(cause, legs, 5), how === "draw" ? { limits } : {})),
    };
  });

/** What a party has in its wallet, as a debit. */
export function walletOf(oracle: Oracle, party: string): bigint {
  return oracle.fold({ party }).find(([id]) => id === `wallet:USD:${party}`)?.[1] ?? 0n;
}

/** A run of two chunks, the same whenever it comes again. */
export const runs = fc.nat(2).map((id): Action => {
  const invoice = (party: string, n: bigint): Candidate => {
    const legs: readonly Leg[] = [
      [`receivable:USD:${party}`, 10n * n],
      [`rounding:USD:${party}`, -1n],
      [`revenue:USD:${party}`, 1n - 10n * n],
    ];
    return { cause: `invoice_sealed:inv_${party}_${id}_${n}`, legs, content: "", isPart: true };
  };
  const chunks = [[invoice("ann", 1n), invoice("bob", 2n)], [invoice("ann", BigInt(id) + 3n)]];
  const legs = chunks.flat().flatMap((part) => part.legs);
  const summary: Candidate = { cause: `settlement:st_${id}`, legs: wholeLegs(legs), content: "" };
  return {
    name: `run ${id}`,
    candidates: () => [...chunks.flat(), summary],
    expected: () => "ok",
    run: async (stores) => {
      for (const [chunk, parts] of chunks.entries()) {
        const postings = parts.map((part) => postingOf(part.cause, part.legs, 5));
        const posted = codeOf(await postChunk(stores, { merchant, run: `st_${id}`, chunk }, postings));
        if (posted.code !== "ok") return posted;
      }
      return codeOf(await postRun(stores, { merchant, id: `st_${id}`, chunks: chunks.length, occurredAt: 5 }));
    },
  };
});

function wholeLegs(legs: readonly Leg[]): readonly Leg[] {
  const sums = new Map<string, bigint>();
  for (const [id, amount] of legs) {
    const whole = id.split(":").slice(0, 2).join(":");
    sums.set(whole, (sums.get(whole) ?? 0n) + amount);
  }
  return [...sums];
}
