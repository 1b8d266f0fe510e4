import { expect } from "vitest";
import { account, accountId } from "./account.ts";
import type { Books } from "./books.ts";
import type { CloseDocument } from "./documents.ts";
import { merchant, start } from "./ledger.fixture.ts";
import { partyBalances } from "./list-accounts.ts";
import { listEntries } from "./list-entries.ts";
import { trialBalance } from "./trial-balance.ts";

/** A leg in the oracle's words. Units: picos, debit positive. */
export type Leg = readonly [account: string, amount: bigint];

/** Something that may have been posted. A part is in its party's book alone. */
export interface Candidate {
  readonly cause: string;
  readonly content: string;
  readonly legs: readonly Leg[];
  readonly isPart?: true;
}

interface Known extends Candidate {
  readonly date: number;
}

/** An independent account of what the books hold: a plain list of what was posted, folded anew for each question. */
export class Oracle {
  readonly known: Known[] = [];
  readonly closes: CloseDocument[] = [];
  readonly holds = new Map<string, { readonly party: string; readonly amount: bigint; readonly expiresAt: number }>();
  now = start;

  find(cause: string): Known | undefined {
    return this.known.find((one) => one.cause === cause);
  }

  /** Takes in which candidates the books have, as they are asked for each by its cause. */
  async sync(books: Books, candidates: readonly Candidate[]): Promise<void> {
    for (const candidate of candidates) {
      const posted = await books.posted(merchant, candidate.cause);
      const known = this.find(candidate.cause);
      if (known !== undefined) expect(posted?.date).toBe(known.date);
      else if (posted !== undefined) this.known.push({ ...candidate, date: posted.date });
    }
  }

  /** What accounts come to that a leg moved: whole ones, or those of a party. */
  fold({ party, before = Number.POSITIVE_INFINITY }: { readonly party?: string; readonly before?: number }): Fold {
    const sums = new Map<string, bigint>();
    for (const { legs, date, isPart } of this.known) {
      if (date >= before || (party === undefined && isPart === true)) continue;
      for (const [id, amount] of legs) {
        const { type, currency, party: of } = account(id);
        if (amount === 0n || (party !== undefined && of !== party)) continue;
        const key = party === undefined ? accountId({ type, currency }) : id;
        sums.set(key, (sums.get(key) ?? 0n) + amount);
      }
    }
    return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Compares everything that can be read with the list. */
  async check(books: Books, instants: readonly number[]): Promise<void> {
    expect(foldOf((await trialBalance(books, merchant)).accounts)).toEqual(this.fold({}));
    for (const at of instants) {
      const { accounts } = await trialBalance(books, merchant, at);
      expect(foldOf(accounts)).toEqual(this.fold({ before: at + 1 }));
    }
    for (const party of ["ann", "bob"])
      expect(
        foldOf(await partyBalances(books, { merchant, party: account(`tax:USD:${party}`).party ?? fail() })),
      ).toEqual(this.fold({ party }));
    await this.#checkEntries(books);
    // What was closed is still what the list comes to: nothing was dated into a closed period.
    for (const close of this.closes) {
      const balances = close.accounts.map(({ id, balance }) => `${id} ${balance}`);
      expect(balances).toEqual(
        this.fold({ before: Date.parse(close.through) }).map(([id, sum]) => `${id} ${major(sum)}`),
      );
    }
  }

  /** Every entry of an account, in pages of three: as many as there are, and the last balance is the account's. */
  async #checkEntries(books: Books): Promise<void> {
    for (const id of ["receivable:USD", "receivable:USD:ann", "wallet:USD:bob"]) {
      const { party } = account(id);
      const items = [];
      let after: string | undefined;
      do {
        const page = await listEntries({ books }, { merchant, id, limit: 3, after });
        if (!page.ok) throw new Error(page.error.code);
        items.push(...page.value.items);
        after = page.value.next;
      } while (after !== undefined);
      const whole = this.fold(party === undefined ? {} : { party }).find(([key]) => key === id)?.[1] ?? 0n;
      expect(items.at(-1)?.balance ?? "0").toBe(major(whole));
      expect(items.map(({ date }) => date)).toEqual(items.map(({ date }) => date).toSorted());
      const moved = this.known.filter(
        ({ legs, isPart }) => (party !== undefined || isPart !== true) && moves(legs, id),
      );
      expect(items.map(({ cause }) => cause).toSorted()).toEqual(moved.map(({ cause }) => cause).toSorted());
    }
  }
}

type Fold = readonly (readonly [id: string, sum: bigint])[];

function fail(): never {
  throw new Error("no party");
}

function foldOf(accounts: Awaited<ReturnType<typeof partyBalances>>): Fold {
  return accounts.map(({ account: of, balance }) => [accountId(of), balance]);
}

/** Whether legs move an account, in sum: legs that undo each other are no entry. */
function moves(legs: readonly Leg[], id: string): boolean {
  return legs.some(([leg, amount]) => amount !== 0n && (leg === id || leg.startsWith(`${id}:`)));
}

/** Writes picos in major units, without the product's help. */
function major(count: bigint): string {
  const [sign, digits] = [count < 0n ? "-" : "", String(count < 0n ? -count : count).padStart(13, "0")];
  const fraction = digits.slice(-12).replace(/0+$/, "");
  return `${sign}${digits.slice(0, -12)}${fraction === "" ? "" : `.${fraction}`}`;
}
