import type { Statement } from "@farthing/metering";
import {
  type CurrencyCode,
  type CustomerId,
  formatDecimal,
  formatMoney,
  formatPicos,
  isZero,
  minus,
  noMoney,
  subtract,
  zero,
} from "@farthing/money";
import { timeText } from "./documents.ts";
import type { Seal, SealedInvoice, SealedLine } from "./seal.ts";
import { lineKeyText } from "./seal-chain.ts";

/** What a backfill would change of one line. Quantities and amounts as decimal strings. */
export interface LineChange {
  readonly kind: SealedLine["kind"];
  readonly meter?: string;
  readonly group?: Readonly<Record<string, string>>;
  readonly description: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly quantity: string;
  readonly exact: string;
}

/** What a backfill would change of a customer's next invoice in one currency, as decimal strings. */
export interface InvoiceChange {
  readonly currency: string;
  /** The exact amounts of the invoice without the backfill, and of the one with it. */
  readonly before: string;
  readonly after: string;
  readonly change: string;
  /** What would be asked for, rounded and with what is carried. */
  readonly totalBefore: string;
  readonly totalAfter: string;
  readonly lines: readonly LineChange[];
}

/** What a backfill would change for one customer: what becomes of its events, and the next invoices. */
export interface BackfillChange {
  readonly customer: CustomerId;
  readonly events: number;
  readonly counted: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly voided: number;
  readonly invoices: readonly InvoiceChange[];
}

/** Compares the seals that a customer would get without a backfill and with it; `added` are the entries that it would add. */
export function changeOf(
  customer: CustomerId,
  {
    before,
    after,
    added,
  }: { readonly before: Seal | undefined; readonly after: Seal | undefined; readonly added: readonly Statement[] },
): BackfillChange {
  const codes = [...(before?.invoices ?? []), ...(after?.invoices ?? [])].map(({ currency }) => currency);
  const invoices = [...new Set(codes)].sort().flatMap((currency) => {
    const of = (seal: Seal | undefined) => seal?.invoices.find((invoice) => invoice.currency === currency);
    return invoiceChange(currency, of(before), of(after));
  });
  return { customer, ...fates(after, added), invoices };
}

function fates(seal: Seal | undefined, added: readonly Statement[]): Omit<BackfillChange, "customer" | "invoices"> {
  const numbers = new Set(added.map(({ number }) => number));
  const struck = seal?.struck.filter(({ entry }) => numbers.has(entry)) ?? [];
  const by = (verdict: string) => struck.filter((fact) => fact.verdict === verdict).length;
  const sum = (part: "events" | "duplicates" | "conflicts") =>
    added.reduce((total, { counts }) => total + counts[part], 0);
  const duplicates = sum("duplicates") + by("duplicate");
  const conflicts = sum("conflicts") + by("conflict");
  const counted = sum("events") - struck.length;
  return {
    events: sum("events") + sum("duplicates") + sum("conflicts"),
    counted,
    duplicates,
    conflicts,
    voided: by("voided"),
  };
}

function invoiceChange(
  currency: CurrencyCode,
  before: SealedInvoice | undefined,
  after: SealedInvoice | undefined,
): readonly InvoiceChange[] {
  const lines = lineChanges(before?.lines ?? [], after?.lines ?? []);
  if (lines.length === 0) return [];
  const [was, is] = [before?.exact ?? noMoney, after?.exact ?? noMoney];
  return [
    {
      currency,
      before: formatPicos(was),
      after: formatPicos(is),
      change: formatPicos(minus(is, was)),
      totalBefore: formatMoney(before?.total ?? noMoney, currency),
      totalAfter: formatMoney(after?.total ?? noMoney, currency),
      lines,
    },
  ];
}

function lineChanges(before: readonly SealedLine[], after: readonly SealedLine[]): readonly LineChange[] {
  const was = new Map(before.map((line) => [lineKeyText(line.key), line]));
  const is = new Map(after.map((line) => [lineKeyText(line.key), line]));
  return [...new Map([...was, ...is])].flatMap(([key, line]) => {
    const quantity = subtract(is.get(key)?.quantity ?? zero, was.get(key)?.quantity ?? zero);
    const exact = minus(is.get(key)?.exact ?? noMoney, was.get(key)?.exact ?? noMoney);
    if (isZero(quantity) && exact === noMoney) return [];
    return [{ ...namesOf(line), quantity: formatDecimal(quantity), exact: formatPicos(exact) }];
  });
}

function namesOf({ kind, meter, group, description, key }: SealedLine): Omit<LineChange, "quantity" | "exact"> {
  return {
    kind,
    ...(meter === undefined ? {} : { meter }),
    ...(group === undefined ? {} : { group }),
    description,
    period: { from: timeText(key.periodFrom), to: timeText(key.periodTo) },
  };
}
