import type { MeterBody } from "@farthing/metering";
import { currency, type Decimal, decimal, type MerchantId } from "@farthing/money";
import type { Plan } from "@farthing/pricing";
import type { Fraction } from "./fraction.ts";
import type { FilterRule, MeterRule, PlanRule } from "./rules.ts";

/** A price list in the product's words. */
export function planOf(merchant: MerchantId, { key, units, flats, minimumInvoice, ...rule }: PlanRule): Plan {
  const prices: Plan["prices"] = [
    ...units.map(({ unitPrice, per, ...unit }) => ({
      ...unit,
      model: "per_unit" as const,
      unitPrice: decimal(unitPrice),
      ...(per === undefined ? {} : { per: decimal(per) }),
    })),
    ...flats.map(({ amount, ...flat }) => ({ ...flat, model: "flat" as const, amount: decimal(amount) })),
  ];
  const least = minimumInvoice === undefined ? {} : { minimumInvoice: decimal(minimumInvoice) };
  const { interval } = rule;
  return { merchant, key, version: 1, createdAt: 0, currency: currency(rule.currency), interval, prices, ...least };
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
