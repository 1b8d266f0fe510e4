import * as v from "valibot";
import { Convert } from "./convert.ts";
import { PartText, PriceText, QuantityText } from "./decimal-text.ts";
import { Group } from "./group.ts";
import { KeyText } from "./model.ts";

/** What every price on usage says: which usage, and under which name. */
export const scopeFields = {
  key: v.exactOptional(KeyText),
  meter: KeyText,
  group: v.exactOptional(Group),
};

/** What most prices on usage may carry beside their model. Source: docs/pricing.md, "Conversion, allowance, discount, limits". */
export const usageFields = {
  ...scopeFields,
  convert: v.exactOptional(Convert),
  freeUnits: v.exactOptional(QuantityText),
  discount: v.exactOptional(PartText),
  minimum: v.exactOptional(PriceText),
  maximum: v.exactOptional(PriceText),
};
