import { currency, customerId } from "@farthing/money";
import { createWriteTransaction } from "electrodb";
import {
  type Collection,
  type CollectionChange,
  type CollectionRef,
  type Collections,
  collectionBuckets,
} from "../collection.ts";
import { collectionBucketOf } from "../collection-bucket.ts";
import { type CollectionFact, dayOf } from "../collection-fact.ts";
import { collectionEntity } from "./collection.entity.ts";
import { collectionFactEntity } from "./collection-fact.entity.ts";
import { fromMoneyJson, toMoneyJson } from "./money-json.ts";
import { railEventEntity } from "./rail-event.entity.ts";
import { type DynamoTable, pageOf, plainly, strongly, stronglyAll, took } from "./table.ts";

/** For how long the rail may send an event again, and then some. Units: seconds. */
const eventSeconds = 35 * 24 * 3600;

/** Collections over the Registry table. A change is one transaction with its facts and its event. */
export function dynamoCollections(registry: DynamoTable): Collections {
  const entities = {
    collections: collectionEntity(registry),
    facts: collectionFactEntity(registry),
    events: railEventEntity(registry),
  };
  return { ...single(entities), ...lists(entities) };
}

interface Entities {
  readonly collections: ReturnType<typeof collectionEntity>;
  readonly facts: ReturnType<typeof collectionFactEntity>;
  readonly events: ReturnType<typeof railEventEntity>;
}

function eventItem(merchant: Collection["merchant"], event: string) {
  return { merchant, event, expiresAt: Math.floor(Date.now() / 1000) + eventSeconds };
}

async function commitInOne(entities: Entities, { collection, facts = [], event }: CollectionChange) {
  const written = createWriteTransaction({ ...entities }, (to) => [
    to.collections
      .put(itemOf(collection))
      .where((field, { eq }) => eq(field.revision, collection.revision - 1))
      .commit(),
    ...facts.map((fact) => to.facts.create(factItem(fact)).commit()),
    ...(event === undefined ? [] : [to.events.create(eventItem(collection.merchant, event)).commit()]),
  ]);
  return outcomeOf(await written.go(), { hasEvent: event !== undefined });
}

function single(entities: Entities): Pick<Collections, "open" | "collection" | "commit" | "noteEvent"> {
  const { collections, events } = entities;
  return {
    open: async (collection) => void (await took(collections.create(itemOf(collection)).go(plainly))),
    async collection({ merchant, customer, seal, currency: code }) {
      const { data } = await collections.get({ merchant, customer, seal, currency: code }).go(strongly);
      return data === null ? undefined : fromMoneyJson<Collection>(data.body);
    },
    async commit(change) {
      const { collection, facts = [], event } = change;
      if (facts.length > 0 || event !== undefined) return commitInOne(entities, change);
      const put = collections.put(itemOf(collection));
      const over = put.where((field, { eq }) => eq(field.revision, collection.revision - 1));
      return (await took(over.go(plainly))) ? "committed" : "stale";
    },
    noteEvent: async (merchant, event) =>
      (await took(events.create(eventItem(merchant, event)).go(plainly))) ? "noted" : "seen",
  };
}

function lists({ collections, facts }: Entities): Pick<Collections, "due" | "openOnes" | "facts"> {
  return {
    async due(merchant, bucket, { until, limit }) {
      const byThen = collections.query.open({ merchant, bucket }).lt({ dueAt: until + 1 });
      const { data } = await byThen.go({ ...plainly, limit, count: limit });
      return data.map(({ customer, seal, currency: code }) => ({ merchant, customer, seal, currency: code }));
    },
    async openOnes(merchant, { after, limit }) {
      const found: Collection[] = [];
      const from = after === undefined ? { bucket: 0 } : placeFrom(after);
      for (let bucket = from.bucket; bucket < collectionBuckets && found.length <= limit; bucket++) {
        const all = collections.query.open({ merchant, bucket });
        const rest = bucket === from.bucket && from.place !== undefined ? all.gt(from.place) : all;
        const wanted = limit + 1 - found.length;
        const { data } = await rest.go({ ...plainly, limit: wanted, count: wanted });
        found.push(...data.map(({ body }) => fromMoneyJson<Collection>(body)));
      }
      const { items, ...more } = pageOf(found, limit, placeText);
      return { collections: items, ...more };
    },
    async facts(merchant, day) {
      const buckets = Array.from({ length: collectionBuckets }, (_, bucket) => bucket);
      const read = await Promise.all(
        buckets.map((bucket) => facts.query.primary({ merchant, day, bucket }).go(stronglyAll)),
      );
      const all = read.flatMap(({ data }) => data.map(({ body }) => fromMoneyJson<CollectionFact>(body)));
      return all.sort((a, b) => (a.cause < b.cause ? -1 : 1));
    },
  };
}

function itemOf(collection: Collection) {
  const { merchant, customer, seal, currency: code, revision, dueAt = 0 } = collection;
  const listed = { dueAt, bucket: collectionBucketOf(collection) };
  return { merchant, customer, seal, currency: code, revision, ...listed, body: toMoneyJson(collection) };
}

function factItem(fact: CollectionFact) {
  const { merchant, cause, at } = fact;
  return { merchant, day: dayOf(at), bucket: collectionBucketOf(fact), cause, body: toMoneyJson(fact) };
}

interface Outcome {
  readonly canceled: boolean;
  readonly data: readonly ({ readonly rejected: boolean; readonly code?: string | undefined } | null)[];
}

/**
 * What became of a change: the collection stands first in its transaction, the event last.
 *
 * Errors: throws where anything but the collection's or the event's condition stopped it.
 */
function outcomeOf({ canceled, data }: Outcome, { hasEvent }: { readonly hasEvent: boolean }) {
  if (!canceled) return "committed";
  const failed = data.map((item) => item?.rejected === true && item.code === "ConditionalCheckFailed");
  if (hasEvent && failed.at(-1) === true) return "seen";
  if (failed[0] === true) return "stale";
  if (failed.some(Boolean)) throw new Error("a cause was posted before");
  const codes = data.flatMap((item) => (item?.rejected && item.code !== undefined ? [item.code] : []));
  const error = new Error(`the store cancelled a transaction: ${codes.join(", ")}`);
  error.name = "TransactionCanceledException";
  throw error;
}

function placeText(collection: Collection): string {
  const { dueAt, customer, seal, currency: code } = collection;
  return [collectionBucketOf(collection), dueAt, customer, seal, code].join("#");
}

function placeFrom(text: string): { readonly bucket: number; readonly place?: CollectionPlace | undefined } {
  const [bucket = "", dueAt = "", customer = "", seal = "", code = ""] = text.split("#");
  const place = { dueAt: Number(dueAt), customer: customerId(customer), seal: Number(seal), currency: currency(code) };
  return { bucket: Number(bucket), place };
}

type CollectionPlace = Omit<CollectionRef, "merchant"> & { readonly dueAt: number };
