import { compare, type Decimal } from "@farthing/money";
import * as v from "valibot";
import { CapacityPrice } from "./capacity.ts";
import { DynamicPrice } from "./dynamic.ts";
import { type FieldIssue, withPath } from "./field-issue.ts";
import { FlatPrice } from "./flat.ts";
import { GraduatedPrice } from "./graduated.ts";
import { GraduatedPercentagePrice } from "./graduated-percentage.ts";
import { MatrixPrice, matrixIssues } from "./matrix.ts";
import type { Keyed } from "./model.ts";
import { PackagePrice } from "./package.ts";
import { PerUnitPrice } from "./per-unit.ts";
import { PercentagePrice } from "./percentage.ts";
import type { QuantityPrice } from "./rate.ts";
import { VolumePrice } from "./volume.ts";

/** A price as a plan's author writes it. */
export type PriceBody = QuantityPrice | MatrixPrice | PercentagePrice | FlatPrice;

/** A price of a plan; `model` tells how it rates. */
export type Price = Keyed<PriceBody>;

/** A price on the usage of a meter. */
export type MeteredPrice = Extract<Price, { readonly meter: string }>;

/** The name of a way to price. */
export type ModelName = PriceBody["model"];

/** A price as a plan's author writes it. */
export const PriceBody = v.pipe(
  v.variant("model", [
    PerUnitPrice,
    FlatPrice,
    GraduatedPrice,
    VolumePrice,
    PackagePrice,
    PercentagePrice,
    GraduatedPercentagePrice,
    CapacityPrice,
    MatrixPrice,
    DynamicPrice,
  ]),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed || dataset.issues !== undefined) return;
    for (const issue of issuesOf(dataset.value)) addIssue(withPath(issue));
  }),
);

/** Whether a price is on the usage of a meter. */
export function isMetered(price: Price): price is MeteredPrice {
  return "meter" in price;
}

/** What the fields of a price say that does not hold together. */
function issuesOf(price: PriceBody): readonly FieldIssue[] {
  if (price.model === "flat") return [];
  const crossed = (least: Decimal | undefined, most: Decimal | undefined, path: string): readonly FieldIssue[] =>
    least === undefined || most === undefined || compare(least, most) <= 0
      ? []
      : [{ path: [path], message: "A maximum is at least the minimum." }];
  const limits = crossed(price.minimum, price.maximum, "maximum");
  if (price.model === "matrix") return matrixIssues(price);
  if (price.model !== "percentage") return limits;
  return [...limits, ...crossed(price.periodMinimum, price.periodMaximum, "periodMaximum")];
}
