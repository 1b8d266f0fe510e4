import type { BundleDigest } from "../codec/bundle.ts";
import type { Hour } from "../hour.ts";
import type { Journal, Mark } from "../journal.ts";
import { type BundleStoreOptions, bundleStore } from "./bundle.store.ts";
import { markEntity } from "./mark.entity.ts";
import { type DynamoTable, stronglyAll, writing } from "./table.ts";

/** The journal over the table of that name. Each write is one item. */
export function dynamoJournal(journal: DynamoTable, options: BundleStoreOptions = {}): Journal {
  const marks = markEntity(journal);
  return {
    ...bundleStore(journal, options),
    async putMark({ merchant, shard }, { id, bundles }) {
      await marks.put({ merchant, shard, id, bundles: bundles.map(nameOf).join(",") }).go(writing);
    },
    async marks({ merchant, shard }) {
      const { data } = await marks.query.primary({ merchant, shard }).go(stronglyAll);
      return data.map(({ id, bundles }) => ({ id, bundles: bundles === "" ? [] : bundles.split(",").map(parseName) }));
    },
    async removeMark({ merchant, shard }, id) {
      await marks.delete({ merchant, shard, id }).go(writing);
    },
  };
}

type MarkedBundle = Mark["bundles"][number];

function nameOf({ hour, digest }: MarkedBundle): string {
  return `${hour}:${digest}`;
}

function parseName(name: string): MarkedBundle {
  const [hour, digest] = name.split(":");
  if (hour === undefined || digest === undefined) throw new Error("a mark does not name a bundle");
  return { hour: Number(hour) as Hour, digest: digest as BundleDigest };
}
