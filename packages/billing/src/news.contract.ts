import { currency, customerId, merchantId, noMoney } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { AccountLog } from "./account-log.ts";
import type { News, NewsDesk } from "./news.ts";
import type { Settlements } from "./settlement.ts";

const merchant = merchantId("News");
const record = (name: string, number: number, noticedAt: number): News => {
  return { kind: "record", customer: { merchant, customer: customerId(name) }, number, noticedAt };
};
const settlement: News = { kind: "settlement", merchant, settlement: "st_1", noticedAt: 7 };

/** What every store of news does. Each test has its own, but for what others left behind. */
export function newsContract(name: string, open: () => NewsDesk): void {
  describe(`${name}: news`, () => {
    test("wait from the oldest on until they are dropped", async () => {
      const desk = open();
      const all = [record("ann", 12, 9), settlement, record("ann", 2, 3), record("Ann", 2, 5)];
      for (const news of all) await desk.noteNews(news);
      expect((await desk.news(100)).map(({ noticedAt }) => noticedAt)).toEqual([3, 5, 7, 9]);
      expect(await desk.news(1)).toEqual([record("ann", 2, 3)]);
      await desk.dropNews(record("ann", 2, 0));
      await desk.dropNews(record("bob", 2, 0));
      expect(await desk.news(100)).toEqual([record("Ann", 2, 5), settlement, record("ann", 12, 9)]);
      for (const news of all) await desk.dropNews(news);
      expect(await desk.news(100)).toEqual([]);
    });

    test("noted again are noted once", async () => {
      const desk = open();
      await desk.noteNews(settlement);
      await desk.noteNews({ ...settlement, noticedAt: 8 });
      expect(await desk.news(100)).toEqual([{ ...settlement, noticedAt: 8 }]);
      await desk.dropNews(settlement);
    });
  });
}

/** The stores that note what they write as news, over one desk. */
interface Writers {
  readonly desk: NewsDesk;
  readonly account: AccountLog;
  readonly settlements: Settlements;
}

/** What writes leave behind to be told. */
export function writtenNewsContract(name: string, open: () => Writers): void {
  describe(`${name}: what is written`, () => {
    test("to an account is news, also where another was first", async () => {
      const { desk, account } = open();
      const customer = { merchant, customer: customerId("written") };
      const change = { kind: "transition", event: "voided", from: "sealed", to: "void", amount: noMoney } as const;
      const invoice = { seal: 1, currency: currency("USD") };
      const written = { customer, number: 1, invoice, change, at: 3, recordedAt: 5 };
      await account.appendRecord(written);
      const noted = { kind: "record", customer, number: 1, noticedAt: 5 } as const;
      expect(await desk.news(100)).toEqual([noted]);
      await account.appendRecord({ ...written, recordedAt: 6 });
      expect(await desk.news(100)).toEqual([{ ...noted, noticedAt: 6 }]);
      await desk.dropNews(noted);
    });

    test("of a settlement is news once it is done, and not before", async () => {
      const { desk, settlements } = open();
      const begun = { merchant, id: "st_news", through: 1, cutAt: "through", dryRun: false, createdAt: 1 } as const;
      await settlements.createSettlement({ ...begun, status: "rolling" });
      await settlements.advance({ ...begun, status: "settling" }, "rolling");
      expect(await desk.news(100)).toEqual([]);
      await settlements.advance({ ...begun, status: "done", finishedAt: 9 }, "settling");
      const noted = { kind: "settlement", merchant, settlement: "st_news", noticedAt: 9 } as const;
      expect(await desk.news(100)).toEqual([noted]);
      await desk.dropNews(noted);
    });
  });
}
