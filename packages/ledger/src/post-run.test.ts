import { crashing, eachCrash, survive } from "@farthing/metering/faults";
import { err, expectOk, formatPicos, ok } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { accountId } from "./account.ts";
import { ann, ledgerWorld, merchant, posting, start } from "./ledger.fixture.ts";
import { partyBalances } from "./list-accounts.ts";
import type { LedgerStores } from "./post.ts";
import { postChunk, postRun } from "./post-run.ts";
import { trialBalance } from "./trial-balance.ts";

const invoice = (n: number, party: string, amount: string) =>
  posting(`invoice_sealed:${n}`, [`receivable:USD:${party} ${amount}`, `revenue:USD:${party} -${amount}`]);

const chunks = [[invoice(1, "ann", "1.000000000001"), invoice(2, "bob", "2")], [invoice(3, "ann", "3")], []];
const run = { merchant, id: "st_1", chunks: chunks.length, occurredAt: start };

async function postAll(stores: LedgerStores) {
  for (const [chunk, postings] of chunks.entries())
    expectOk(await postChunk(stores, { merchant, run: run.id, chunk }, postings));
  return expectOk(await postRun(stores, run));
}

async function wholes({ books }: LedgerStores) {
  const { accounts } = await trialBalance(books, merchant);
  return accounts.map(({ account, balance }) => `${accountId(account)} ${formatPicos(balance)}`);
}

describe("a run", () => {
  test("is one line in the general ledger, with its parts beneath it", async () => {
    const world = ledgerWorld();
    const posted = await postAll(world);
    expect(await wholes(world)).toEqual(["receivable:USD 6.000000000001", "revenue:USD -6.000000000001"]);
    const shares = await partyBalances(world.books, { merchant, party: ann });
    expect(shares.map(({ balance }) => formatPicos(balance))).toEqual(["4.000000000001", "-4.000000000001"]);
    const line = posted && (await world.books.line(posted.book, posted.number));
    expect(line).toMatchObject({ cause: "settlement:st_1", facts: { invoices: "3", chunks: "3", settlement: "st_1" } });
  });

  test("that moves nothing posts nothing", async () => {
    const world = ledgerWorld();
    await postChunk(world, { merchant, run: "st_1", chunk: 0 }, []);
    expect(await postRun(world, { ...run, chunks: 1 })).toEqual(ok(undefined));
    expect(await postRun(world, { ...run, chunks: 0 })).toEqual(ok(undefined));
    expect(await wholes(world)).toEqual([]);
  });

  test("is not posted before each of its chunks is", async () => {
    const world = ledgerWorld();
    await postChunk(world, { merchant, run: "st_1", chunk: 0 }, chunks[0] ?? []);
    expect(await postRun(world, run)).toEqual(err({ code: "chunks_not_posted", chunks: [1, 2] }));
    expect(await wholes(world)).toEqual([]);
  });

  test("whose part comes with other content is refused, and leaves the chunk open", async () => {
    const world = ledgerWorld();
    await postChunk(world, { merchant, run: "st_1", chunk: 0 }, [invoice(1, "ann", "1")]);
    const other = await postChunk(world, { merchant, run: "st_2", chunk: 0 }, [invoice(1, "ann", "2")]);
    expect(other).toEqual(err({ code: "cause_conflict", cause: "invoice_sealed:1" }));
    expect(await world.books.chunkSums(merchant, "st_2", 0)).toBeUndefined();
  });

  test("whose chunk came to another sum before breaks an invariant", async () => {
    const world = ledgerWorld();
    await postChunk(world, { merchant, run: "st_1", chunk: 0 }, [invoice(1, "ann", "1")]);
    const more = postChunk(world, { merchant, run: "st_1", chunk: 0 }, [
      invoice(1, "ann", "1"),
      invoice(2, "bob", "1"),
    ]);
    await expect(more).rejects.toThrow("chunk 0 of st_1 came to another sum before");
  });

  test("killed before or after any call, is done by who comes next", async () => {
    const calls = await eachCrash(async (point) => {
      const world = ledgerWorld();
      const { stores, calls } = crashing({ books: world.books, clock: world.clock }, point);
      await survive(() => postAll(stores));
      await postAll(world);
      await postAll(world);
      expect(await wholes(world)).toEqual(["receivable:USD 6.000000000001", "revenue:USD -6.000000000001"]);
      const shares = await partyBalances(world.books, { merchant, party: ann });
      expect(shares.map(({ balance }) => formatPicos(balance))).toEqual(["4.000000000001", "-4.000000000001"]);
      return { calls };
    });
    expect(calls).toBe(14);
  });
});
