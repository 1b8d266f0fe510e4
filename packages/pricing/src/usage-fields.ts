import type { Decimal } from "@farthing/money";
import * as v from "valibot";
import { PartText, PriceText, QuantityText } from "./decimal-text.ts";
import { Group } from "./group.ts";
import { KeyText } from "./model.ts";

/** What every price on usage says: which usage, and under which name. */
export const scopeFields = {
  key: v.exactOptional(KeyText),
  meter: KeyText,
  group: v.exactOptional(Group),
};

/** What most prices on usage may carry beside their model. Source: docs/pricing.md, "Allowance, discount, limits". */
export const usageFields = {
  ...scopeFields,
  freeUnits: v.exactOptional(QuantityText),
  discount: v.exactOptional(PartText),
  minimum: v.exactOptional(PriceText),
  maximum: v.exactOptional(PriceText),
};

/** Which usage is not charged, and between which bounds its amount stays. Units: money in major units. */
export interface UsageTerms {
  readonly freeUnits?: Decimal;
  readonly discount?: Decimal;
  readonly minimum?: Decimal;
  readonly maximum?: Decimal;
}
