import { createHash } from "node:crypto";
import { crashing, eachCrash, survive } from "@farthing/metering/faults";
import { err, expectOk } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { generalShards } from "./book.ts";
import { closeText, noDigest } from "./close.ts";
import { closePeriod } from "./close-period.ts";
import { hour, ledgerWorld, merchant, posting, start } from "./ledger.fixture.ts";
import { listCloses } from "./list-closes.ts";
import { post } from "./post.ts";

const sale = (n: number) => posting(`test:${n}`, ["receivable:USD:ann 1.5", "revenue:USD -1.5"]);

/** Books with a posting at noon and one an hour later; now is two hours after noon. */
async function twoPostings() {
  const world = ledgerWorld();
  await post(world, sale(1));
  world.at(start + hour);
  await post(world, sale(2));
  world.at(start + 2 * hour);
  return world;
}

describe("closePeriod", () => {
  test("holds the trial balance of what is dated before the instant", async () => {
    const closed = expectOk(await closePeriod(await twoPostings(), { merchant, through: start + hour }));
    expect(closed).toMatchObject({
      number: 1,
      through: "2026-03-02T13:00:00.000Z",
      closedAt: "2026-03-02T14:00:00.000Z",
      totals: [{ currency: "USD", debit: "1.5", credit: "1.5" }],
      accounts: [
        { id: "receivable:USD", balance: "1.5", debit: "1.5", credit: "0" },
        { id: "revenue:USD", balance: "-1.5", debit: "0", credit: "1.5" },
      ],
      previous: noDigest,
    });
  });

  test("makes a digest that anyone can make again", async () => {
    const world = await twoPostings();
    const closed = expectOk(await closePeriod(world, { merchant, through: start + hour }));
    const text = `farthing close 1\nshop 1 2026-03-02T13:00:00.000Z\n${noDigest}\nreceivable:USD 1.5\nrevenue:USD -1.5\n`;
    const close = await world.books.close(merchant);
    expect(close === undefined ? "" : closeText(close)).toBe(text);
    expect(closed.digest).toBe(createHash("sha256").update(text).digest("hex"));
    const next = expectOk(await closePeriod(world, { merchant, through: start + 2 * hour }));
    expect([next.number, next.previous]).toEqual([2, closed.digest]);
  });

  test("dates what is posted afterwards into the open period, whatever the clock says", async () => {
    const world = await twoPostings();
    await closePeriod(world, { merchant, through: start + 2 * hour });
    world.at(start + 2 * hour - 2000);
    for (let n = 3; n < 3 + 2 * generalShards; n++) {
      const posted = expectOk(await post(world, posting(`test:${n}`, ["clearing:USD 1", "fees:USD -1"])));
      expect(posted.date).toBe(start + 2 * hour);
    }
  });

  test("answers the same close again, also when others followed", async () => {
    const world = await twoPostings();
    const first = await closePeriod(world, { merchant, through: start + hour });
    await closePeriod(world, { merchant, through: start + 2 * hour });
    world.at(start + 9 * hour);
    expect(await closePeriod(world, { merchant, through: start + hour })).toEqual(first);
    expect(expectOk(await listCloses(world, { merchant, limit: 9 })).items).toHaveLength(2);
  });

  test("refuses an instant to come, and one before the newest close", async () => {
    const world = await twoPostings();
    const now = start + 2 * hour;
    expect(await closePeriod(world, { merchant, through: now + 1 })).toEqual(err({ code: "period_open" }));
    expect((await closePeriod(world, { merchant, through: now })).ok).toBe(true);
    const late = await closePeriod(world, { merchant, through: now - 1 });
    expect(late).toEqual(err({ code: "period_closed", closedThrough: "2026-03-02T14:00:00.000Z" }));
  });

  test("by two at once makes one close, and by two of different instants a chain", async () => {
    const world = await twoPostings();
    const same = await Promise.all([1, 2].map(() => closePeriod(world, { merchant, through: start + hour })));
    expect(same[0]).toEqual(same[1]);
    const through = start + hour + 1;
    await Promise.all([0, 5, 9].map((ms) => closePeriod(world, { merchant, through: through + ms })));
    const { items } = expectOk(await listCloses(world, { merchant, limit: 9 }));
    for (const [index, close] of items.entries()) {
      expect(close.number).toBe(index + 1);
      if (index > 0)
        expect([close.previous, close.through > `${items[index - 1]?.through}`]).toEqual([
          items[index - 1]?.digest,
          true,
        ]);
    }
  });

  test("killed before or after any call, is done by who comes next", async () => {
    const calls = await eachCrash(async (point) => {
      const world = await twoPostings();
      const { stores, calls } = crashing({ books: world.books, clock: world.clock }, point);
      await survive(() => closePeriod(stores, { merchant, through: start + hour }));
      const closed = expectOk(await closePeriod(world, { merchant, through: start + hour }));
      expect([closed.number, closed.accounts.map(({ balance }) => balance)]).toEqual([1, ["1.5", "-1.5"]]);
      return { calls };
    });
    expect(calls).toBeGreaterThan(2 * generalShards);
  });
});

test("listCloses pages in order", async () => {
  const world = await twoPostings();
  for (const through of [1, 2, 3]) await closePeriod(world, { merchant, through: start + through });
  const first = expectOk(await listCloses(world, { merchant, limit: 2 }));
  expect(first.items.map(({ number }) => number)).toEqual([1, 2]);
  const second = expectOk(await listCloses(world, { merchant, limit: 2, after: first.next }));
  expect([second.items.map(({ number }) => number), second.next]).toEqual([[3], undefined]);
});
