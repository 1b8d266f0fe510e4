import type { MerchantId } from "@farthing/money";
import * as v from "valibot";
import { placeOfRequest, type RejectedRequest, type Rejections, rejectionsKeptMs } from "../rejections.ts";
import { rejectionEntity } from "./rejection.entity.ts";
import { type DynamoTable, strongly, writing } from "./table.ts";

const dayMs = 86_400_000;

const Code = v.picklist(["invalid_event", "time_too_old", "time_in_future", "data_too_large", "invalid_amount"]);
const Counts = v.pipe(v.string(), v.parseJson(), v.record(Code, v.number()));
const text = v.exactOptional(v.string());
const Events = v.pipe(
  v.string(),
  v.parseJson(),
  v.array(v.object({ index: v.number(), id: text, customer: text, type: text, code: Code, message: v.string() })),
);

/** Refused events over the Registry table, one item a request. */
export function dynamoRejections(registry: DynamoTable): Rejections {
  const items = rejectionEntity(registry);
  const readDay = async (
    merchant: MerchantId,
    { day, from, to, limit }: { day: number; from: string; to: string; limit: number },
  ): Promise<readonly RejectedRequest[]> => {
    if (from >= to) return [];
    const { data } = await items.query
      .primary({ merchant, day })
      // Places are longer than the bounds that are moments alone, and a place that was read last is not read again.
      .between({ place: from }, { place: to })
      .go({ ...strongly, order: "desc", count: limit });
    return data.map(({ receivedAt, name, counts, events }) => ({
      receivedAt,
      name,
      counts: v.parse(Counts, counts),
      events: v.parse(Events, events),
    }));
  };
  return {
    async noteRejected(merchant, request) {
      const { receivedAt, name, counts, events } = request;
      const item = { merchant, day: Math.floor(receivedAt / dayMs), place: placeOfRequest(request), receivedAt, name };
      const expiresAt = Math.ceil((receivedAt + rejectionsKeptMs) / 1000);
      await items
        .put({ ...item, counts: JSON.stringify(counts), events: JSON.stringify(events), expiresAt })
        .go(writing);
    },
    async rejected(merchant, { from, to, limit, after }) {
      const found: RejectedRequest[] = [];
      const [first, end] = [momentText(from), after ?? momentText(to)];
      for (let day = Math.floor((Number.parseInt(end, 10) || 0) / dayMs); day >= Math.floor(from / dayMs); day--) {
        // One more than asked for: the place that ends the range may be read with it.
        const read = await readDay(merchant, { day, from: first, to: end, limit: limit + 2 - found.length });
        found.push(...read.filter((request) => placeOfRequest(request) < end));
        if (found.length > limit) break;
      }
      const requests = found.slice(0, limit);
      const last = requests.at(-1);
      return found.length > limit && last !== undefined ? { requests, next: placeOfRequest(last) } : { requests };
    },
  };
}

function momentText(ms: number): string {
  return String(ms).padStart(15, "0");
}
