import type { CurrencyCode } from "@farthing/money";

/** What collecting by one method costs in one currency. Units: percent of the amount, and major units, as plain decimals. */
export interface FeeRule {
  readonly method: string;
  readonly currency: CurrencyCode;
  readonly percent: string;
  readonly fixed: string;
  /** The most that one collection costs. */
  readonly cap?: string;
}

/** How a merchant bills. Units: hours, days. */
export interface MerchantTerms {
  /** How long after a period's end its seal waits for late events. */
  readonly graceHours?: number;
  /** How many days after its seal an invoice is due, where its customer says nothing. */
  readonly paymentTermsDays?: number;
  readonly fees?: readonly FeeRule[];
}

/** The terms of an invoice, as they were when it got its number. */
export interface IssuedTerms {
  /** How many days after its seal it is due. */
  readonly days: number;
  /** What collecting it costs; nothing where the merchant names no fee in its currency. */
  readonly fee?: FeeRule;
}

/** What collecting in a currency costs: the first rule that the merchant names for it. */
export function feeRuleOf({ fees = [] }: MerchantTerms, currency: CurrencyCode): Pick<IssuedTerms, "fee"> {
  const fee = fees.find((rule) => rule.currency === currency);
  return fee === undefined ? {} : { fee };
}

const dayMs = 86_400_000;

/** When an invoice is due. Units: milliseconds. */
export function dueAtOf({ sealedAt }: { readonly sealedAt: number }, { days }: IssuedTerms): number {
  return sealedAt + days * dayMs;
}
