import { customerId, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { News, NewsDesk } from "./news.ts";

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
