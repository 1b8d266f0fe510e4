import { crashing, eachCrash, survive } from "@farthing/metering/faults";
import { err, ok, picos } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { account, accountId } from "./account.ts";
import { hour, ledgerWorld, merchant, posting, start } from "./ledger.fixture.ts";
import { memoryAlongside } from "./memory.ts";
import { post, postFirst } from "./post.ts";
import { trialBalance } from "./trial-balance.ts";

const topUp = posting("wallet_topped_up:1", ["clearing:USD 10", "wallet:USD:ann -10"]);
const atMostNothing = { limits: [{ accounts: [account("wallet:USD:ann")], atMost: picos("0") }] };

describe("post", () => {
  test("posts a cause once, and answers the same again", async () => {
    const world = ledgerWorld();
    const first = await post(world, topUp);
    world.at(start + hour);
    expect(await post(world, topUp)).toEqual(first);
    expect(first).toMatchObject({ ok: true, value: { date: start } });
    const { accounts } = await trialBalance(world.books, merchant);
    expect(accounts.map(({ account: of, balance }) => [accountId(of), balance])).toEqual([
      ["clearing:USD", picos("10")],
      ["wallet:USD", picos("-10")],
    ]);
  });

  test("refuses a cause that comes with other content, before it looks at limits", async () => {
    const world = ledgerWorld();
    await post(world, topUp);
    const other = posting(topUp.cause, ["clearing:USD -11", "wallet:USD:ann 11"]);
    expect(await post(world, other, atMostNothing)).toEqual(err({ code: "cause_conflict", cause: topUp.cause }));
  });

  test.for([
    { draw: "10", code: undefined, why: "the whole wallet" },
    { draw: "10.000000000001", code: "limit_exceeded", why: "a trillionth more" },
  ])("holds a wallet to what is in it: $why", async ({ draw, code }) => {
    const world = ledgerWorld();
    await post(world, topUp);
    const drawn = await post(
      world,
      posting("wallet_drawn:1", [`wallet:USD:ann ${draw}`, `receivable:USD:ann -${draw}`]),
      atMostNothing,
    );
    expect(drawn.ok ? undefined : drawn.error.code).toBe(code);
    if (!drawn.ok)
      expect(drawn.error).toEqual({
        code: "limit_exceeded",
        accounts: ["wallet:USD:ann"],
        balance: "0.000000000001",
        limit: "0",
      });
  });

  test("counts all accounts of a limit together, and before what is written alongside", async () => {
    const world = ledgerWorld();
    const limits = [{ accounts: [account("receivable:USD:ann"), account("held:USD:ann")], atMost: picos("5") }];
    const never = memoryAlongside([{ holds: () => false, apply: () => undefined }]);
    const tab = posting("test:tab", ["held:USD:ann 3", "revenue:USD -3"]);
    expect((await post(world, tab, { limits })).ok).toBe(true);
    const more = posting("test:more", ["receivable:USD:ann 2.1", "revenue:USD -2.1"]);
    expect(await post(world, more, { limits, alongside: never })).toMatchObject(err({ code: "limit_exceeded" }));
  });

  test("posts nothing when a condition of what caused it does not hold", async () => {
    const world = ledgerWorld();
    const alongside = memoryAlongside([{ holds: () => false, apply: () => undefined }]);
    expect(await post(world, topUp, { alongside })).toEqual(err({ code: "alongside_refused" }));
    expect((await trialBalance(world.books, merchant)).accounts).toEqual([]);
  });

  test("of what must be this writer's own is done by one of two, though they say the same", async () => {
    const world = ledgerWorld();
    let written = 0;
    const apply = () => {
      written += 1;
    };
    const alongside = memoryAlongside([{ holds: () => true, apply }]);
    const outcomes = await Promise.all([1, 2].map(() => postFirst(world, topUp, alongside)));
    expect([outcomes.toSorted(), written]).toEqual([["posted", "taken"], 1]);
    expect(await postFirst(world, topUp, alongside)).toBe("taken");
    const refused = memoryAlongside([{ holds: () => false, apply }]);
    const other = posting("test:other", ["clearing:USD 1", "fees:USD -1"]);
    expect([await postFirst(world, other, refused), written]).toEqual(["taken", 1]);
  });

  test("a limit of a party that the posting does not touch is a mistake of ours", async () => {
    const limits = [{ accounts: [account("wallet:USD:bob")], atMost: picos("0") }];
    await expect(post(ledgerWorld(), topUp, { limits })).rejects.toThrow("no line of wallet:USD:bob");
  });

  test("dates no line before the one before it, though clocks are apart", async () => {
    const world = ledgerWorld();
    await post(world, topUp);
    world.at(start - 2000);
    const second = await post(world, posting("wallet_drawn:1", ["wallet:USD:ann 1", "receivable:USD:ann -1"]));
    expect(second).toMatchObject(ok({ date: start }));
  });

  test("by many at once spends a wallet once", async () => {
    const world = ledgerWorld();
    await post(world, topUp);
    const draws = Array.from({ length: 25 }, (_, n) =>
      post(world, posting(`wallet_drawn:${n}`, ["wallet:USD:ann 1", "receivable:USD:ann -1"]), atMostNothing),
    );
    const codes = (await Promise.all(draws)).map((drawn) => (drawn.ok ? "ok" : drawn.error.code));
    expect(codes.filter((code) => code === "ok")).toHaveLength(10);
    expect(codes.filter((code) => code === "limit_exceeded")).toHaveLength(15);
  });

  test("gives up under DynamoDB's name for it when another is always quicker", async () => {
    const world = ledgerWorld();
    const books = new Proxy(world.books, {
      get: (target, name) => (name === "commit" ? async () => "taken" : Reflect.get(target, name).bind(target)),
    });
    await expect(post({ ...world, books }, topUp)).rejects.toMatchObject({ name: "ThrottlingException" });
  });

  test("killed before or after any call, is done by who comes next", async () => {
    const calls = await eachCrash(async (point) => {
      const world = ledgerWorld();
      const { stores, calls } = crashing({ books: world.books, clock: world.clock }, point);
      await survive(() => post(stores, topUp));
      expect((await post(world, topUp)).ok).toBe(true);
      const { accounts } = await trialBalance(world.books, merchant);
      expect(accounts.map(({ balance }) => balance)).toEqual([picos("10"), picos("-10")]);
      return { calls };
    });
    expect(calls).toBe(3);
  });
});
