import { customerId, formatDecimal, readDecimal } from "@farthing/money";
import { readPrices, writePrices } from "@farthing/pricing";
import type { Subscription, Subscriptions } from "../subscription.ts";
import { subscriptionEntity } from "./subscription.entity.ts";
import { subscriptionEventEntity } from "./subscription-event.entity.ts";
import { type DynamoTable, pageOf, plainly, strongly, stronglyAll, took, upTo } from "./table.ts";

/** Subscriptions over the Registry table, one item each, and one for each event; an id is taken within its customer. */
export function dynamoSubscriptions(registry: DynamoTable): Subscriptions {
  const entity = subscriptionEntity(registry);
  const events = subscriptionEventEntity(registry);
  return {
    async addSubscription({ events: _, quantity, overrides, ...subscription }) {
      const written = {
        ...subscription,
        ...(quantity === undefined ? {} : { quantity: formatDecimal(quantity) }),
        ...(overrides === undefined ? {} : { overrides: writePrices(overrides) }),
      };
      return (await took(entity.create(written).go(plainly))) ? "added" : "exists";
    },
    async addEvent({ merchant, customer, id }, event) {
      return (await took(events.create({ merchant, customer, id, ...event }).go(plainly))) ? "added" : "taken";
    },
    async subscriptionsOf(merchant, customer) {
      const own = await entity.query.primary({ merchant, customer }).go(stronglyAll);
      if (own.data.length === 0) return [];
      const became = await events.query.primary({ merchant, customer }).go(stronglyAll);
      const byId = Map.groupBy(became.data, ({ id }) => id);
      return own.data
        .map(subscriptionIn)
        .map((subscription): Subscription => {
          const all = byId.get(subscription.id)?.map(({ merchant: _, customer: __, id: ___, ...event }) => event);
          return all === undefined ? subscription : { ...subscription, events: all };
        })
        .sort((a, b) => a.start - b.start || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    },
    async subscriptions(merchant, { after, limit }) {
      const all = entity.query.primary({ merchant });
      const rest = after === undefined ? all : all.gt(parsePlace(after));
      const { data } = await rest.go({ ...strongly, ...upTo(limit) });
      const { items, ...more } = pageOf(data.map(subscriptionIn), limit, placeOf);
      return { subscriptions: items, ...more };
    },
  };
}

type Stored = Omit<Subscription, "quantity" | "overrides" | "events"> & {
  readonly quantity?: string;
  readonly overrides?: string;
};

function subscriptionIn({ quantity, overrides, ...subscription }: Stored): Subscription {
  return {
    ...subscription,
    ...(quantity === undefined ? {} : { quantity: readDecimal(quantity) }),
    ...(overrides === undefined ? {} : { overrides: readPrices(overrides) }),
  };
}

function placeOf({ customer, id }: Subscription): string {
  return `${customer}#${id}`;
}

function parsePlace(place: string) {
  const end = place.indexOf("#");
  return { customer: customerId(place.slice(0, end)), id: place.slice(end + 1) };
}
