import {
  type CurrencyCode,
  currency,
  decimal,
  divide,
  formatDecimal,
  formatPicos,
  minus,
  multiply,
  type Picos,
  picos,
  roundToMinor,
  subtract,
  sum,
} from "@farthing/money";
import * as v from "valibot";
import {
  addTransaction,
  noTransactions,
  PercentagePrice,
  PriceBody,
  type QuantityPrice,
  rate,
  trueUp,
} from "./index.ts";

/** A case of another system's suite, its fields as published. */
export interface RatingCase {
  readonly id: string;
  readonly model: string;
  readonly config: Fields;
  readonly usage: Fields;
  readonly expected: Fields;
}

type Fields = Readonly<Record<string, unknown>>;

/** What we and they come to, in one notation. */
export interface Outcome {
  readonly ours: string;
  readonly theirs: string;
}

export const text = (value: unknown): string => String(value);
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const fields = (value: unknown): Fields => value as Fields;
export const cents = (value: unknown): string => formatDecimal(multiply(decimal(text(value)), decimal("0.01")));
export const share = (percent: unknown): string => cents(percent);
const optional = (name: string, value: unknown): Fields =>
  value === undefined || value === null ? {} : { [name]: text(value) };

const priceOf = (body: Fields): QuantityPrice => v.parse(PriceBody, { meter: "m", ...body }) as QuantityPrice;
export const charge = (body: Fields, quantity: unknown): Picos => rate(priceOf(body), decimal(text(quantity)));

/** What more usage adds to what was billed before. */
export const growth = (body: Fields, { usage }: RatingCase): Picos => {
  const before = decimal(text(usage.already_billed_quantity ?? 0));
  const after = subtract(before, multiply(decimal("-1"), decimal(text(usage.quantity))));
  return minus(rate(priceOf(body), after), rate(priceOf(body), before));
};

export const total = (amounts: readonly Picos[]): Picos => sum(amounts);
export const rounded = (amount: Picos, code: unknown): Picos =>
  roundToMinor(amount, currency(text(code ?? "USD")) as CurrencyCode);
export const exactly = (ours: Picos, theirs: unknown): Outcome => ({
  ours: formatPicos(ours),
  theirs: formatDecimal(decimal(text(theirs))),
});

/** Compares with whatever the case expects: an exact amount, or a line that was rounded to the currency. */
export function against(ours: Picos, { config, expected }: RatingCase): Outcome {
  if (expected.amount_minor !== undefined) return exactly(rounded(ours, config.currency), cents(expected.amount_minor));
  if (expected.line_minor !== undefined) return exactly(rounded(ours, config.currency), cents(expected.line_minor));
  if (expected.line !== undefined) return exactly(rounded(ours, config.currency), expected.line);
  if (expected.precise_minor !== undefined) return exactly(ours, cents(expected.precise_minor));
  return exactly(ours, expected.amount ?? expected.min_spend_line);
}

function tiersIn({ tiers, tiers_minor: inMinor }: Fields): readonly Fields[] {
  const all = list(tiers ?? inMinor).map(fields);
  return all.map((tier, index) => {
    const next = all[index + 1];
    const upTo = "first_unit" in tier ? (next?.first_unit ?? null) : tier.up_to;
    const unitPrice = inMinor === undefined ? text(tier.unit_price ?? "0") : cents(tier.unit_price);
    return { upTo: upTo === null ? null : text(upTo), unitPrice, ...optional("flat", tier.flat) };
  });
}

/** Tiers that name how many blocks of one unit each holds, the last without end. */
export const blocks = (rows: readonly (readonly [unknown, unknown])[]): readonly Fields[] => {
  let end = 0;
  return rows.map(([size, unitPrice], index) => {
    end += Number(size);
    return { upTo: index === rows.length - 1 ? null : text(end), unitPrice: text(unitPrice) };
  });
};

export const tiered = (model: "graduated" | "volume", { config }: RatingCase): Fields => ({
  model,
  tiers: tiersIn(config),
  chargeZero: true,
  ...optional("maximum", config.maximum),
});

export function byTiers(model: "graduated" | "volume") {
  return (one: RatingCase): Outcome => {
    const price = tiered(model, one);
    if (list(price.tiers).map(fields).at(-1)?.upTo !== null)
      return {
        ours: "refused",
        theirs: one.expected.error === undefined ? cents(one.expected.amount_minor) : "refused",
      };
    if (one.usage.mode === "mid_period") return exactly(charge(price, one.usage.quantity), one.expected.amount);
    return against(charge(price, one.usage.quantity), one);
  };
}

export const perUnit = ({ config }: RatingCase, more: Fields = {}): Fields => {
  const inMinor = config.unit_price_minor ?? config.rate_minor_per_second;
  const unitPrice =
    inMinor === undefined ? { unitPrice: text(config.unit_price) } : { unitPrice: text(inMinor), per: "100" };
  return { model: "per_unit", ...unitPrice, ...more };
};
export const packaged = ({ package_size: size, package_price: amount, maximum }: Fields): Fields => ({
  model: "package",
  size: text(size),
  amount: text(amount),
  ...optional("maximum", maximum),
});

export const committed = (price: Fields, { config, usage, expected }: RatingCase): Outcome => {
  const charged = picos(text(usage.previously_billed ?? formatPicos(charge(price, usage.quantity))));
  const owed = trueUp(decimal(text(config.minimum)), { charged, part: { of: decimal("1"), per: decimal("1") } });
  if (expected.min_spend_line !== undefined) return exactly(owed, expected.min_spend_line);
  return exactly(total([charged, owed]), expected.amount);
};

export const graduatedPercentage = ({ config }: RatingCase): Fields => ({
  model: "graduated_percentage",
  tiers: list(config.tiers)
    .map(fields)
    .map(({ up_to: upTo, rate_percent: percent, flat }) => ({ upTo, rate: share(percent), fixed: text(flat) })),
});

export function transactions({ config, usage }: RatingCase): Picos {
  const price = v.parse(PercentagePrice, {
    model: "percentage",
    meter: "m",
    rate: share(config.rate_percent),
    ...optional("fixed", config.fixed_per_txn),
    ...optional("freeUnits", config.free_txn_count),
    ...optional("freeAmount", config.free_amount === "0" ? undefined : config.free_amount),
    ...optional("minimum", config.per_txn_min),
    ...optional("maximum", config.per_txn_max),
  });
  return amountsOf(usage).reduce((so, amount) => addTransaction(price, so, decimal(amount)), noTransactions).charged;
}

function amountsOf({
  txns,
  total: all,
  txn_count: count,
  running_totals_for_free_calc: running,
}: Fields): readonly string[] {
  if (txns !== undefined) return list(txns).map(text);
  if (running === undefined)
    return Array.from({ length: Number(count) }, () =>
      formatDecimal(divide(decimal(text(all)), decimal(text(count)), { scale: 6, rounding: "down" })),
    );
  const totals = [...list(running).map(text), text(all)];
  return totals.map((to, index) => formatDecimal(subtract(decimal(to), decimal(totals[index - 1] ?? "0"))));
}

export const chargedMinor = (usage: Fields): Picos =>
  total(
    (usage.filter_fees_minor === undefined ? [usage.usage_fee_minor] : list(usage.filter_fees_minor)).map((fee) =>
      picos(cents(fee)),
    ),
  );

export const sumOf = (price: Fields, quantities: unknown): Picos =>
  total(list(quantities).map((quantity) => charge(price, quantity)));

export const byUnit = (units: unknown, usage: Fields, price: (unit: unknown) => Fields): Picos =>
  total(Object.entries(fields(units)).map(([unit, config]) => charge(price(config), usage[unit])));
export const unitTiers = (model: string) => (unit: unknown) => ({
  model,
  tiers: blocks(list(unit) as [unknown, unknown][]),
});
