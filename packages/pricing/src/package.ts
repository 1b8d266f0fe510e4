import { decimalOf, divideRounded, multiply, zero } from "@farthing/money";
import * as v from "valibot";
import { PositiveText, PriceText } from "./decimal-text.ts";
import type { Model } from "./model.ts";
import { ratioOf } from "./ratio.ts";
import { usageFields } from "./usage-fields.ts";

/** So much for each package of `size` units, whole packages alone: one that is begun counts. */
export const PackagePrice = v.strictObject({
  ...usageFields,
  model: v.literal("package"),
  size: PositiveText,
  amount: PriceText,
});

/** So much for each package of `size` units, whole packages alone: one that is begun counts. */
export type PackagePrice = Readonly<v.InferOutput<typeof PackagePrice>>;

/** The model `package`. Source: docs/pricing.md, "Package". */
export const packaged: Model<PackagePrice> = {
  amount: ({ size, amount }, quantity) => {
    const packages = divideRounded(
      quantity.digits * 10n ** BigInt(size.scale),
      size.digits * 10n ** BigInt(quantity.scale),
      "up",
    );
    return ratioOf(multiply(amount, decimalOf(packages)));
  },
  atZero: () => zero,
};
