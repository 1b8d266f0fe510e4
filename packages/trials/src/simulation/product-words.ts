import type { MeterBody } from "@farthing/metering";
import { currency, type Decimal, decimal, type MerchantId } from "@farthing/money";
import type { Plan } from "@farthing/pricing";
import type { Fraction } from "./fraction.ts";
import type { FilterRule, MatrixRule, MeterRule, PercentageRule, PlanRule, TierRule, UnitPrice } from "./rules.ts";

/** A price list in the product's words. */
export function planOf(merchant: MerchantId, { key, units, flats, minimumInvoice, ...rule }: PlanRule): Plan {
  const prices: Plan["prices"] = [
    ...units.map(priceOf),
    ...flats.map(({ amount, ...flat }) => ({ ...flat, model: "flat" as const, amount: decimal(amount) })),
  ];
  const least = minimumInvoice === undefined ? {} : { minimumInvoice: decimal(minimumInvoice) };
  const { interval } = rule;
  return { merchant, key, version: 1, createdAt: 0, currency: currency(rule.currency), interval, prices, ...least };
}

function priceOf({ rate, per, freeUnits, discount, maximum, convert, ...scope }: UnitPrice): Plan["prices"][number] {
  if (rate.model === "percentage") return { ...scope, ...decimals(rate), model: rate.model };
  if (rate.model === "matrix") return { ...scope, ...matrixOf(rate) };
  const common = {
    ...scope,
    ...(convert === undefined ? {} : { convert: { ...convert, by: decimal(convert.by) } }),
    ...(freeUnits === undefined ? {} : { freeUnits: decimal(freeUnits) }),
    ...(discount === undefined ? {} : { discount: decimal(discount) }),
    ...(maximum === undefined ? {} : { maximum: decimal(maximum) }),
  };
  if (rate.model === "package")
    return { ...common, model: rate.model, size: decimal(rate.size), amount: decimal(rate.amount) };
  if (rate.model === "dynamic") return { ...common, model: rate.model, multiplier: decimal(rate.multiplier) };
  if (rate.model === "capacity")
    return {
      ...common,
      model: rate.model,
      tiers: rate.tiers.map((tier) => ({ ...boundOf(tier), amount: decimal(tier.amount) })),
    };
  if (rate.model === "graduated_percentage") {
    const tiers = rate.tiers.map((tier) => ({
      ...boundOf(tier),
      rate: decimal(tier.rate),
      fixed: decimal(tier.fixed),
    }));
    return { ...common, model: rate.model, tiers };
  }
  const scaled = { ...common, ...(per === undefined ? {} : { per: decimal(per) }) };
  if (rate.model === "per_unit") return { ...scaled, model: rate.model, unitPrice: decimal(rate.unitPrice) };
  return { ...scaled, model: rate.model, tiers: rate.tiers.map(tierOf) };
}

function boundOf({ upTo }: { readonly upTo: string | null }) {
  return { upTo: upTo === null ? null : decimal(upTo) };
}

function decimals({ rate, fixed, ...limits }: Omit<PercentageRule, "model">) {
  const { freeUnits, freeAmount, minimum, maximum } = limits;
  return {
    rate: decimal(rate),
    fixed: decimal(fixed),
    ...(freeUnits === undefined ? {} : { freeUnits: decimal(freeUnits) }),
    ...(freeAmount === undefined ? {} : { freeAmount: decimal(freeAmount) }),
    ...(minimum === undefined ? {} : { minimum: decimal(minimum) }),
    ...(maximum === undefined ? {} : { maximum: decimal(maximum) }),
  };
}

function matrixOf({ model, dimension, cells, otherwise }: MatrixRule) {
  const priced = cells.map(({ value, unitPrice }) => ({
    match: { [dimension]: value },
    unitPrice: decimal(unitPrice),
  }));
  return { model, dimensions: [dimension], cells: priced, otherwise: decimal(otherwise) };
}

function tierOf({ upTo, unitPrice, flat }: TierRule) {
  return { ...boundOf({ upTo }), unitPrice: decimal(unitPrice), flat: decimal(flat) };
}

/** A decimal of the product as a fraction. */
export function fractionOfDecimal({ digits, scale }: Decimal): Fraction {
  return { top: digits, bottom: 10n ** BigInt(scale) };
}

/** A meter's definition in the product's words. */
export function meterBodyOf({ key: _, filter, ...rule }: MeterRule): MeterBody {
  return filter === undefined ? rule : { ...rule, filter: filterOf(filter) };
}

function filterOf({ conditions, or }: FilterRule): NonNullable<MeterBody["filter"]> {
  return or === undefined ? conditions : { ...conditions, or: or.map(filterOf) };
}
