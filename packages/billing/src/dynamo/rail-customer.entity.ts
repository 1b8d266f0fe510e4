import type { CustomerId, MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * Who a customer is at the payment rail.
 *
 * | reads and writes  | index   | key                 |
 * | ----------------- | ------- | ------------------- |
 * | create once, read | primary | merchant + customer |
 */
export const railCustomerEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "billing", entity: "railCustomer", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        customer: { type: CustomAttributeType<CustomerId>("string"), required: true },
        id: { type: "string", required: true },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "customer"],
            template: "railcustomer#${merchant}#${customer}",
            casing: "none",
          },
          sk: { field: "sk", composite: [], template: "customer", casing: "none" },
        },
      },
    },
    config,
  );
