import { createTestTables, documentClient, testClient } from "@farthing/metering/dynamo-test-tables";
import { crashing, eachCrash, survive } from "@farthing/metering/faults";
import { expectOk, type MerchantId, merchantId, noMoney } from "@farthing/money";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { account } from "../account.ts";
import type { Book, Line } from "../book.ts";
import type { Books } from "../books.ts";
import { closePeriod } from "../close-period.ts";
import { hour, ledgerWorld, merchant, posting, start } from "../ledger.fixture.ts";
import { ledgerCommands } from "../ledger-commands.fixture.ts";
import { Oracle } from "../oracle.fixture.ts";
import { type LedgerStores, post } from "../post.ts";
import { postChunk, postRun } from "../post-run.ts";
import { trialBalance } from "../trial-balance.ts";
import { dynamoBooks } from "./index.ts";

const base = testClient(inject("dynamoEndpoint"));
const client = documentClient(base);
const prefix = `ledger-model-${process.pid}-${Date.now()}`;
const store = dynamoBooks({ client, table: `${prefix}-log` });

beforeAll(async () => void (await createTestTables(base, prefix)));
afterAll(() => base.destroy());

let worlds = 0;

/** Books of a merchant of their own for each world, which the tests know as one. */
function freshBooks(): Books {
  const alias = merchantId(`model-${++worlds}`);
  const own = <T extends { readonly merchant: MerchantId }>(value: T): T => ({ ...value, merchant: alias });
  const book = (of: Book): Book => own(of);
  const told = <T extends { readonly merchant: MerchantId }>(value: T): T => ({ ...value, merchant });
  const line = (of: Line): Line => ({ ...of, book: book(of.book) });
  const shown = (of: Line | undefined) => of && { ...of, book: told(of.book) };
  return {
    head: async (of) => shown(await store.head(book(of))),
    lineAt: async (of, date) => shown(await store.lineAt(book(of), date)),
    lines: async (of, range) => (await store.lines(book(of), range)).map((one) => ({ ...one, book: told(one.book) })),
    line: async (of, number) => shown(await store.line(book(of), number)),
    posted: async (_, cause) => {
      const found = await store.posted(alias, cause);
      return found && { ...told(found), book: told(found.book) };
    },
    commit: ({ posted, lines, alongside }) =>
      store.commit({ posted: { ...own(posted), book: book(posted.book) }, lines: lines.map(line), alongside }),
    append: (of) => store.append(line(of)),
    putChunkSums: async (sums) => told(await store.putChunkSums(own(sums))),
    chunkSums: async (_, run, chunk) => {
      const found = await store.chunkSums(alias, run, chunk);
      return found && told(found);
    },
    close: async (_, number) => {
      const found = await store.close(alias, number);
      return found && told(found);
    },
    closes: async (_, page) => (await store.closes(alias, page)).map(told),
    appendClose: (close) => store.appendClose(own(close)),
  };
}

test("whatever is posted, held, run, closed and done again after a crash, the books are what a plain list says", async () => {
  await fc.assert(
    fc.asyncProperty(ledgerCommands({ maxCommands: 25 }), async (commands) => {
      const books = freshBooks();
      const oracle = new Oracle();
      await fc.asyncModelRun(() => ({ model: oracle, real: { books } }), commands);
      await oracle.check(books, [oracle.now - 1]);
    }),
    { numRuns: 6, endOnFailure: true },
  );
}, 240_000);

describe("killed before or after any call of the store", () => {
  const sale = (n: number) => posting(`invoice_sealed:${n}`, [`receivable:USD:c${n} 1.25`, `revenue:USD:c${n} -1.25`]);

  test("a run, a payment and a close are done by who comes next", { timeout: 240_000 }, async () => {
    await eachCrash(async (point) => {
      const world = ledgerWorld(freshBooks());
      const all = async (stores: LedgerStores) => {
        expectOk(await postChunk(stores, { merchant, run: "st_1", chunk: 0 }, [sale(1), sale(2)]));
        expectOk(await postRun(stores, { merchant, id: "st_1", chunks: 1, occurredAt: start }));
        expectOk(await post(stores, posting("payment_received:1", ["clearing:USD 1.25", "receivable:USD:c1 -1.25"])));
      };
      const { stores, calls } = crashing({ books: world.books, clock: world.clock }, point);
      await survive(() => all(stores));
      await all(world);
      const { accounts } = await trialBalance(world.books, merchant);
      expect(accounts.map(({ balance }) => balance)).toEqual([
        1_250_000_000_000n,
        1_250_000_000_000n,
        -2_500_000_000_000n,
      ]);
      return { calls };
    });
  });

  test("a close holds what is dated before it, and what comes later is dated after it", {
    timeout: 240_000,
  }, async () => {
    const world = ledgerWorld(freshBooks());
    await post(world, sale(1));
    world.at(start + hour);
    const { stores } = crashing({ books: world.books, clock: world.clock }, { call: 40, when: "after" });
    expect(await survive(() => closePeriod(stores, { merchant, through: start + hour }))).toBe("crashed");
    const closed = expectOk(await closePeriod(world, { merchant, through: start + hour }));
    expect(closed.accounts.map(({ balance }) => balance)).toEqual(["1.25", "-1.25"]);
    world.at(start);
    const late = await Promise.all([2, 3, 4, 5].map((n) => post(world, sale(n))));
    expect(late.map((posted) => expectOk(posted).date)).toEqual(late.map(() => start + hour));
  });

  test("many at once post each cause once", { timeout: 240_000 }, async () => {
    const world = ledgerWorld(freshBooks());
    const topUp = posting("wallet_topped_up:1", ["clearing:USD 5", "wallet:USD:ann -5"]);
    const draw = (n: number) => posting(`wallet_drawn:${n}`, ["wallet:USD:ann 1", "receivable:USD:ann -1"]);
    await Promise.all(Array.from({ length: 4 }, async () => expectOk(await post(world, topUp))));
    const limits = [{ accounts: [account("wallet:USD:ann")], atMost: noMoney }];
    const codes = await Promise.all(
      Array.from({ length: 8 }, async (_, n) => {
        const drawn = await post(world, draw(n), { limits });
        return drawn.ok ? "ok" : drawn.error.code;
      }),
    );
    expect(codes.toSorted()).toEqual([...Array(3).fill("limit_exceeded"), ...Array(5).fill("ok")]);
  });
});
