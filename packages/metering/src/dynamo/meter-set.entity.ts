import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";

/**
 * All meters of a merchant as of one revision, as packed JSON.
 *
 * | reads and writes       | index   | key                |
 * | ---------------------- | ------- | ------------------ |
 * | publish the next, once | primary | merchant, revision |
 * | read one, read the last | primary | merchant, revision |
 */
export const meterSetEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "metering", entity: "meterSet", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        revision: { type: "number", required: true, padding: { length: 9, char: "0" } },
        meters: { type: CustomAttributeType<Uint8Array>("any"), required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant"], template: "meters#${merchant}", casing: "none" },
          sk: { field: "sk", composite: ["revision"], template: "${revision}", casing: "none", cast: "string" },
        },
      },
    },
    config,
  );
