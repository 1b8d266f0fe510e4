import type { MeterBody } from "@farthing/metering";
import { currency, type Decimal, decimal, type MerchantId } from "@farthing/money";
import type { Plan } from "@farthing/pricing";
import type { Fraction } from "./fraction.ts";
import type { FilterRule, MeterRule, PlanRule, TierRule, UnitPrice } from "./rules.ts";

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
  const common = {
    ...scope,
    ...(convert === undefined ? {} : { convert: { ...convert, by: decimal(convert.by) } }),
    ...(freeUnits === undefined ? {} : { freeUnits: decimal(freeUnits) }),
    ...(discount === undefined ? {} : { discount: decimal(discount) }),
    ...(maximum === undefined ? {} : { maximum: decimal(maximum) }),
  };
  if (rate.model === "package")
    return { ...common, model: rate.model, size: decimal(rate.size), amount: decimal(rate.amount) };
  const scaled = { ...common, ...(per === undefined ? {} : { per: decimal(per) }) };
  if (rate.model === "per_unit") return { ...scaled, model: rate.model, unitPrice: decimal(rate.unitPrice) };
  return { ...scaled, model: rate.model, tiers: rate.tiers.map(tierOf) };
}

function tierOf({ upTo, unitPrice, flat }: TierRule) {
  return { upTo: upTo === null ? null : decimal(upTo), unitPrice: decimal(unitPrice), flat: decimal(flat) };
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
