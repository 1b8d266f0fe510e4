import { bucketOf } from "../due-bucket.ts";
import { type NewsDesk, newsId, newsMerchant } from "../news.ts";
import { newsEntity } from "./news.entity.ts";
import { type DynamoTable, plainly } from "./table.ts";

/** Over how many keys of the index news are spread. */
const buckets = 4;

/** News over the Registry table. */
export function dynamoNews(registry: DynamoTable): NewsDesk {
  const entity = newsEntity(registry);
  return {
    async noteNews(news) {
      const [merchant, id] = [newsMerchant(news), newsId(news)];
      const bucket = bucketOf(`${merchant}#${id}`, buckets);
      await entity.put({ merchant, id, news: JSON.stringify(news), bucket, noticedAt: news.noticedAt }).go(plainly);
    },
    async news(limit) {
      const each = Array.from({ length: buckets }, (_, bucket) =>
        entity.query.byTime({ bucket }).go({ ...plainly, count: limit }),
      );
      const found = (await Promise.all(each)).flatMap(({ data }) => data);
      return found
        .sort((a, b) => a.noticedAt - b.noticedAt)
        .slice(0, limit)
        .map(({ news }) => JSON.parse(news));
    },
    async dropNews(news) {
      await entity.delete({ merchant: newsMerchant(news), id: newsId(news) }).go(plainly);
    },
  };
}
