import { err, expectOk } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { ann, hour, ledgerWorld, merchant, posting, start } from "./ledger.fixture.ts";
import { getTrialBalance, listAccounts } from "./list-accounts.ts";
import { listEntries } from "./list-entries.ts";
import { post } from "./post.ts";

/** Five hours, a sale in each: of ann in the even ones, of bob in the odd ones. */
async function fiveSales() {
  const world = ledgerWorld();
  for (let n = 0; n < 5; n++) {
    world.at(start + n * hour);
    const who = n % 2 === 0 ? "ann" : "bob";
    await post(
      world,
      posting(`test:${n}`, [`receivable:USD:${who} 1.25`, "revenue:USD -1.25"], { facts: { n: String(n) } }),
    );
  }
  return world;
}

const asked = { merchant, id: "receivable:USD", limit: 50 };

describe("listEntries", () => {
  test("shows each entry with what the account came to after it", async () => {
    const { items } = expectOk(await listEntries(await fiveSales(), asked));
    expect(items.map(({ cause, balance }) => `${cause} ${balance}`)).toEqual([
      "test:0 1.25",
      "test:1 2.5",
      "test:2 3.75",
      "test:3 5",
      "test:4 6.25",
    ]);
    expect(items[0]).toMatchObject({
      id: expect.stringMatching(/^general:\d\d:1$/),
      cause: "test:0",
      date: "2026-03-02T12:00:00.000Z",
      occurredAt: "2026-03-02T12:00:00.000Z",
      description: "A test",
      facts: { n: "0" },
      amount: "1.25",
      debit: "1.25",
      credit: "0",
      balance: "1.25",
    });
  });

  test("goes on, page by page, with the balance that the page before ended with", async () => {
    const world = await fiveSales();
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = expectOk(await listEntries(world, { ...asked, id: "revenue:USD", limit: 2, after }));
      seen.push(page.items.map(({ credit, balance }) => `${credit} ${balance}`).join());
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(["1.25 -1.25,1.25 -2.5", "1.25 -3.75,1.25 -5", "1.25 -6.25"]);
  });

  test("shows a party's share by itself", async () => {
    const { items } = expectOk(await listEntries(await fiveSales(), { ...asked, id: "receivable:USD:ann" }));
    expect(items.map(({ cause, balance }) => `${cause} ${balance}`)).toEqual([
      "test:0 1.25",
      "test:2 2.5",
      "test:4 3.75",
    ]);
  });

  test.for([
    { id: "receivable:USD", from: 1, to: 3, rows: ["test:1 2.5", "test:2 3.75"] },
    { id: "receivable:USD", from: 0, to: 1, rows: ["test:0 1.25"] },
    { id: "receivable:USD", from: 5, to: 9, rows: [] },
    { id: "receivable:USD:ann", from: 1, to: 9, rows: ["test:2 2.5", "test:4 3.75"] },
    { id: "receivable:USD:ann", from: undefined, to: 1, rows: ["test:0 1.25"] },
  ])("opens a range of $id from $from to $to with what came before it", async ({ id, from, to, rows }) => {
    const range = { from: from === undefined ? undefined : start + from * hour, to: start + to * hour };
    const { items } = expectOk(await listEntries(await fiveSales(), { ...asked, ...range, id }));
    expect(items.map(({ cause, balance }) => `${cause} ${balance}`)).toEqual(rows);
  });

  test("of an account without entries is empty, and of no account is not found", async () => {
    const world = await fiveSales();
    expect(expectOk(await listEntries(world, { ...asked, id: "tax:JPY:zoe" })).items).toEqual([]);
    expect(await listEntries(world, { ...asked, id: "cash:USD" })).toEqual(err({ code: "not_found" }));
  });
});

describe("getTrialBalance", () => {
  test.for([
    { at: undefined, balance: "6.25" },
    { at: start - 1, balance: undefined },
    { at: start, balance: "1.25" },
    { at: start + hour - 1, balance: "1.25" },
    { at: start + hour, balance: "2.5" },
    { at: start + 99 * hour, balance: "6.25" },
  ])("as of $at is $balance", async ({ at, balance }) => {
    const shown = expectOk(await getTrialBalance(await fiveSales(), { merchant, at }));
    const all = balance === undefined ? [] : [balance, `-${balance}`];
    expect(shown.accounts.map((account) => account.balance)).toEqual(all);
    expect(shown.totals).toEqual(balance === undefined ? [] : [{ currency: "USD", debit: balance, credit: balance }]);
    expect(shown.at).toBe(new Date(at ?? start + 4 * hour).toISOString());
  });

  test("throws when the books do not balance, which no posting can bring about", async () => {
    const world = await fiveSales();
    const lineAt = async () => ({ ...(await world.books.head({ kind: "party", merchant, party: ann })) });
    const books = new Proxy(world.books, {
      get: (target, name) => (name === "lineAt" ? lineAt : Reflect.get(target, name).bind(target)),
    });
    await expect(getTrialBalance({ ...world, books }, { merchant, at: start })).rejects.toThrow("do not balance");
  });
});

describe("listAccounts", () => {
  test("pages in order of ids", async () => {
    const world = await fiveSales();
    const first = expectOk(await listAccounts(world, { merchant, limit: 1 }));
    expect(first).toEqual({
      items: [
        { id: "receivable:USD", type: "receivable", currency: "USD", balance: "6.25", debit: "6.25", credit: "0" },
      ],
      next: "receivable:USD",
    });
    const second = expectOk(await listAccounts(world, { merchant, limit: 1, after: first.next }));
    expect([second.items.map(({ id }) => id), second.next]).toEqual([["revenue:USD"], undefined]);
  });

  test("shows a party's shares", async () => {
    const { items } = expectOk(await listAccounts(await fiveSales(), { merchant, party: ann, limit: 9 }));
    expect(items).toEqual([
      {
        id: "receivable:USD:ann",
        type: "receivable",
        currency: "USD",
        party: "ann",
        balance: "3.75",
        debit: "3.75",
        credit: "0",
      },
    ]);
  });
});
