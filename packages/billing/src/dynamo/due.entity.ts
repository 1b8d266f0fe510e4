import type { CustomerId, MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * When a customer's next seal is due: a small item beside the profile, in a partition of its own.
 *
 * | reads and writes     | index   | key                 |
 * | -------------------- | ------- | ------------------- |
 * | create once, set     | primary | merchant + customer |
 * | who is due by now    | gsi1    | bucket, dueAt to    |
 */
export const dueEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "due", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        customer: { type: CustomAttributeType<CustomerId>("string"), required: true },
        bucket: { type: "number", required: true, padding: { length: 2, char: "0" } },
        dueAt: { type: "number", required: true, padding: { length: 15, char: "0" } },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "customer"],
            template: "due#${merchant}#${customer}",
            casing: "none",
          },
          sk: { field: "sk", composite: [], template: "due", casing: "none" },
        },
        byTime: {
          index: "gsi1",
          pk: { field: "gsi1pk", composite: ["bucket"], template: "due#${bucket}", casing: "none" },
          sk: {
            field: "gsi1sk",
            composite: ["dueAt", "merchant", "customer"],
            template: "${dueAt}#${merchant}#${customer}",
            casing: "none",
          },
        },
      },
    },
    config,
  );
