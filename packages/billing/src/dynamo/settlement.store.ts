import { doneNews } from "../news.ts";
import type { Settlement, Settlements } from "../settlement.ts";
import { dynamoNews } from "./news.store.ts";
import { settlementEntity } from "./settlement.entity.ts";
import {
  finishedListOf,
  type SettlementItem,
  settlementItem,
  settlementOf,
  unfinishedListOf,
  unfinishedLists,
} from "./settlement-item.ts";
import { settlementParts } from "./settlement-parts.store.ts";
import { type DynamoTable, pageOf, plainly, strongly, took, upTo } from "./table.ts";

/**
 * Settlements over the Registry table; every write is one item. Lists come from the index, eventually consistent: a
 * settlement stands among the unfinished until it is done, then among its merchant's, and a list reads both.
 */
export function dynamoSettlements(registry: DynamoTable): Settlements {
  const entity = settlementEntity(registry);
  const all = { ...plainly, pages: "all" } as const;
  return {
    ...settlementParts(registry),
    async createSettlement(settlement) {
      return (await took(entity.create(settlementItem(settlement)).go(plainly))) ? "created" : "exists";
    },
    async settlement(merchant, id) {
      const { data } = await entity.get({ merchant, id }).go(strongly);
      return data === null ? undefined : settlementOf(data);
    },
    async settlements(merchant, { after, limit }) {
      const of = (list: string) => entity.query.listed({ list, merchant });
      const before = (list: string) =>
        entity.query.listed({ list }).between({ merchant, createdAt: 0 }, { merchant, ...parsePlace(after ?? last) });
      // One more than a page needs, since `after` itself is within the bounds.
      const finished = await before(finishedListOf(merchant)).go({ ...plainly, order: "desc", ...upTo(limit + 1) });
      const unfinished = await of(unfinishedListOf(merchant)).go(all);
      const { items, ...more } = pageOf(newestFirst([...finished.data, ...unfinished.data], after), limit, placeOf);
      return { settlements: items.map(settlementOf), ...more };
    },
    async unfinished() {
      const lists = unfinishedLists.map(async (list) => (await entity.query.listed({ list }).go(all)).data);
      return (await Promise.all(lists)).flat().map(settlementOf);
    },
    async advance(settlement, from) {
      if (settlement.status === "done") await dynamoNews(registry).noteNews(doneNews(settlement));
      const put = entity.put(settlementItem(settlement)).where((is, { eq }) => eq(is.status, from));
      return (await took(put.go(plainly))) ? "advanced" : "stale";
    },
  };
}

/** A place behind every settlement. */
const last = "999999999999999#";

function placeOf({ createdAt, id }: Pick<Settlement, "createdAt" | "id">): string {
  return `${String(createdAt).padStart(15, "0")}#${id}`;
}

function parsePlace(place: string) {
  const end = place.indexOf("#");
  return { createdAt: Number(place.slice(0, end)), id: place.slice(end + 1) };
}

/** One that has just moved from list to list may have been read in both. */
function newestFirst(items: readonly SettlementItem[], after = last): readonly SettlementItem[] {
  const byPlace = new Map(items.map((item) => [placeOf(item), item]));
  return [...byPlace.values()]
    .filter((item) => placeOf(item) < after)
    .sort((a, b) => (placeOf(a) > placeOf(b) ? -1 : 1));
}
