import type { MerchantId } from "@farthing/money";
import type { Backfill, BackfillStatus, Backfills, StagedCounts } from "../backfill.ts";
import { backfillEntity } from "./backfill.entity.ts";
import { type DynamoTable, strongly, took, writing } from "./table.ts";

/** Backfills over the Registry table, an item each. The list of those that are closing is eventually consistent. */
export function dynamoBackfills(registry: DynamoTable): Backfills {
  const entity = backfillEntity(registry);
  return {
    async createBackfill(backfill) {
      return (await took(entity.create(itemOf(backfill)).go(writing))) ? "created" : "exists";
    },
    async backfill({ merchant, name }) {
      const { data } = await entity.get({ merchant, name }).go(strongly);
      return data === null ? undefined : backfillOf(data);
    },
    async backfills(merchant, { limit, after }) {
      const all = entity.query.primary({ merchant });
      const page = { ...strongly, limit: limit + 1, count: limit + 1 };
      const { data } = await (after === undefined ? all : all.gt({ name: after })).go(page);
      const backfills = data.slice(0, limit).map(backfillOf);
      const last = backfills.at(-1);
      return data.length > limit && last !== undefined ? { backfills, next: last.name } : { backfills };
    },
    async advanceBackfill(backfill, from) {
      const put = entity.put(itemOf(backfill)).where((is, { eq }) => eq(is.status, from));
      return (await took(put.go(writing))) ? "advanced" : "stale";
    },
    async closingBackfills() {
      const { data } = await entity.query.listed({ list: closing }).go({ ...writing, pages: "all" });
      return data.map(backfillOf);
    },
  };
}

/** A list that is no merchant's: an id holds no space. */
const closing = "all closing";

interface BackfillItem {
  readonly merchant: MerchantId;
  readonly name: string;
  readonly status: BackfillStatus;
  readonly createdAt: number;
  readonly closedAt?: number | undefined;
  readonly finishedAt?: number | undefined;
  readonly counts?: string | undefined;
}

function itemOf({ counts, ...backfill }: Backfill) {
  const { status, merchant } = backfill;
  const isClosing = status !== "open" && status !== "committed" && status !== "dropped";
  const text = counts === undefined ? {} : { counts: JSON.stringify(counts) };
  return { ...backfill, ...text, list: isClosing ? closing : merchant };
}

function backfillOf({ merchant, name, status, createdAt, closedAt, finishedAt, counts }: BackfillItem): Backfill {
  return {
    ...{ merchant, name, status, createdAt },
    ...(closedAt === undefined ? {} : { closedAt }),
    ...(finishedAt === undefined ? {} : { finishedAt }),
    ...(counts === undefined ? {} : { counts: JSON.parse(counts) as StagedCounts }),
  };
}
