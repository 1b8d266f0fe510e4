import type { CurrencyCode, CustomerId, MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * The collection of an invoice. While something is left to do it stands in one of its merchant's lists, by when that is due.
 *
 * | reads and writes                   | index   | key                                    |
 * | ---------------------------------- | ------- | -------------------------------------- |
 * | create once, replace a revision, read | primary | merchant + customer, seal + currency |
 * | what is due, what is open          | gsi1    | merchant + bucket, dueAt + invoice     |
 */
export const collectionEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "collection", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        customer: { type: CustomAttributeType<CustomerId>("string"), required: true },
        seal: { type: "number", required: true, padding: { length: 9, char: "0" } },
        currency: { type: CustomAttributeType<CurrencyCode>("string"), required: true },
        revision: { type: "number", required: true },
        bucket: { type: "number", required: true, padding: { length: 2, char: "0" } },
        // Nought while nothing is left to do.
        dueAt: { type: "number", required: true, padding: { length: 15, char: "0" } },
        // JSON of the whole.
        body: { type: "string", required: true },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "customer"],
            template: "collection#${merchant}#${customer}",
            casing: "none",
          },
          sk: { field: "sk", composite: ["seal", "currency"], template: "${seal}#${currency}", casing: "none" },
        },
        open: {
          index: "gsi1",
          condition: ({ dueAt }) => Number(dueAt) > 0,
          pk: {
            field: "gsi1pk",
            composite: ["merchant", "bucket"],
            template: "collecting#${merchant}#${bucket}",
            casing: "none",
          },
          sk: {
            field: "gsi1sk",
            composite: ["dueAt", "customer", "seal", "currency"],
            template: "${dueAt}#${customer}#${seal}#${currency}",
            casing: "none",
          },
        },
      },
    },
    config,
  );
