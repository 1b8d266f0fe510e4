import type { CustomerRef } from "@farthing/metering";
import { decimal, divideRounded, formatDecimal, noMoney, type Picos, picosFrom } from "@farthing/money";
import type { TaxRates, TaxTables } from "@farthing/pricing";
import type { Customer } from "./customer.ts";
import type { TaxProfile, TaxTotal, TaxTreatment } from "./seal-terms.ts";

/** What a tax engine is told: what was charged a customer under each treatment, all in all. */
export type TaxQuestion = readonly Pick<TaxTotal, "currency" | "treatment" | "charged">[];

/**
 * Who says which taxes a customer bears and what they come to. What it answers is recorded in the seal, which never asks
 * again: so an outside engine may answer otherwise tomorrow.
 */
export interface TaxEngine {
  /** How charges are taxed that no invoice has billed yet; undefined where they bear no tax. */
  profileOf(ref: CustomerRef, customer: Customer | undefined): Promise<TaxProfile | undefined>;
  /** The tax on each total, in their order. Units: picos. */
  taxOn(ref: CustomerRef, totals: TaxQuestion): Promise<readonly Picos[]>;
}

/** Taxes by the merchant's own tables: the customer's own rate, else those of its country. */
export function tableTaxes(tables: TaxTables): TaxEngine {
  return {
    async profileOf({ merchant }, customer) {
      const { country, taxRate } = customer ?? {};
      if (customer === undefined) return undefined;
      if (taxRate !== undefined) return profileOf(customer, { country: country ?? "", ...ownRates(taxRate) });
      const rates = country === undefined ? undefined : await tables.currentRates(merchant, country);
      return rates === undefined ? undefined : profileOf(customer, rates);
    },
    taxOn: async (_, totals) => totals.map(taxOf),
  };
}

/**
 * The tax on all that was charged under one treatment, rounded once, half to even. A charge that includes its tax holds
 * rate ÷ (1 + rate) of it. Units: picos.
 */
export function taxOf({ treatment: { rate, kind }, charged }: Pick<TaxTotal, "treatment" | "charged">): Picos {
  if (kind === "reverse_charge" || kind === "exempt") return noMoney;
  const { digits, scale } = decimal(rate);
  const one = 10n ** BigInt(scale);
  return picosFrom(divideRounded(charged * digits, kind === "inclusive" ? one + digits : one, "half-even"));
}

/** How a line of a meter is taxed by a profile; undefined where it bears no tax. */
export function treatmentOf(profile: TaxProfile | undefined, meter: string | undefined): TaxTreatment | undefined {
  const isIts = ({ meters }: TaxProfile["rules"][number]) =>
    meters === undefined || (meter !== undefined && meters.includes(meter));
  return profile?.rules.find(isIts)?.treatment;
}

type Rates = Pick<TaxRates, "country" | "inclusive" | "rates"> & { readonly version?: number };

function ownRates(rate: string): Omit<Rates, "country"> {
  return { rates: [{ name: "Tax", rate: decimal(rate) }] };
}

function profileOf({ taxStatus = "taxable" }: Customer, { country, version, inclusive, rates }: Rates): TaxProfile {
  const kind = taxStatus === "taxable" ? (inclusive === true ? "inclusive" : "exclusive") : taxStatus;
  const rules = rates.map(({ name, rate, meters }) => {
    const shown = kind === "exempt" || kind === "reverse_charge" ? "0" : formatDecimal(rate);
    return { ...(meters === undefined ? {} : { meters }), treatment: { name, rate: shown, kind } as const };
  });
  const named = version === undefined ? {} : { country, version };
  return { ...named, rules };
}

/** Whether two treatments are one. */
export function isSameTreatment(a: TaxTreatment, b: TaxTreatment): boolean {
  return a.name === b.name && a.rate === b.rate && a.kind === b.kind;
}
