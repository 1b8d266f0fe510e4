import { type News, type NewsDesk, newsId, newsMerchant } from "./news.ts";

/** News in memory. */
export function memoryNews(): NewsDesk {
  const all = new Map<string, News>();
  const keyOf = (news: News) => `${newsMerchant(news)}#${newsId(news)}`;
  return {
    async noteNews(news) {
      all.set(keyOf(news), news);
    },
    async news(limit) {
      return [...all.values()].sort((a, b) => a.noticedAt - b.noticedAt).slice(0, limit);
    },
    async dropNews(news) {
      all.delete(keyOf(news));
    },
  };
}
