import {
  currency,
  decimal,
  divide,
  formatDecimal,
  formatPicos,
  largestRemainder,
  minorUnit,
  minus,
  multiply,
  picos,
  roundToPicos,
  subtract,
} from "@farthing/money";
import { trueUp } from "./index.ts";
import {
  against,
  blocks,
  byTiers,
  byUnit,
  cents,
  charge,
  chargedMinor,
  committed,
  exactly,
  fields,
  graduatedPercentage,
  growth,
  list,
  type Outcome,
  packaged,
  perUnit,
  type RatingCase,
  rounded,
  share,
  sumOf,
  text,
  tiered,
  total,
  transactions,
  unitTiers,
} from "./rating-cases.fixture.ts";
import { converted, converting } from "./rating-conversions.fixture.ts";

function shares({ config, usage, expected }: RatingCase): Outcome {
  const amount = decimal(text(usage.amount));
  const weights = list(usage.weights).map((weight) => decimal(text(weight)));
  const whole = weights.reduce((a, b) => subtract(a, multiply(decimal("-1"), b)));
  const parts = weights.map((weight) => divide(multiply(amount, weight), whole, { scale: 12, rounding: "half-even" }));
  const exact = parts.map((part) => roundToPicos(part, "half-even"));
  const unit = minorUnit(currency(text(config.currency)));
  const ours = largestRemainder(exact, picos(text(usage.amount)), unit).map(formatPicos);
  return {
    ours: ours.join(),
    theirs: list(expected.shares)
      .map((one) => formatDecimal(decimal(text(one))))
      .join(),
  };
}

/** How each model of the cases is said in ours. */
export const adapters: Readonly<Record<string, (one: RatingCase) => Outcome>> = {
  per_unit: (one) => against(charge(perUnit(one), one.usage.quantity), one),
  per_unit_capped: (one) => {
    const cap = one.config.cap_minor === null ? {} : { maximum: cents(one.config.cap_minor) };
    return against(charge(perUnit(one, cap), one.usage.quantity), one);
  },
  per_unit_free_units: (one) =>
    against(charge(perUnit(one, { freeUnits: text(one.config.free_units) }), one.usage.quantity), one),
  per_unit_billing_units: (one) => {
    const { billing_units: size, unit_price: amount } = one.config;
    return against(charge({ model: "package", size: text(size), amount: text(amount) }, one.usage.quantity), one);
  },
  per_unit_min_commit: (one) => committed(perUnit(one), one),
  per_unit_max_commit: (one) =>
    exactly(growth(perUnit(one, { maximum: text(one.config.maximum) }), one), one.expected.amount),
  per_unit_discount_max_commit: (one) => {
    const terms = { maximum: text(one.config.maximum), discount: share(one.config.percent_discount) };
    return exactly(growth(perUnit(one, terms), one), one.expected.amount);
  },
  micro_per_record_rounding: (one) => against(charge(perUnit(one), one.usage.seconds_each), one),
  usage_discount: (one) => {
    const price = { model: "per_unit", unitPrice: "1", freeUnits: text(one.config.free_units) };
    return exactly(minus(picos(text(one.usage.quantity)), growth(price, one)), one.expected.discounted_now);
  },
  graduated: byTiers("graduated"),
  graduated_free_first_tier: byTiers("graduated"),
  graduated_flat_fee: byTiers("graduated"),
  graduated_negative: byTiers("graduated"),
  graduated_tier_cap: (one) => {
    const [tier] = list(one.config.tiers).map(fields);
    return against(charge({ ...tiered("graduated", one), maximum: text(tier?.tier_cap) }, one.usage.quantity), one);
  },
  graduated_progressive: (one) => exactly(growth(tiered("graduated", one), one), one.expected.amount),
  graduated_max_commit: (one) => exactly(growth(tiered("graduated", one), one), one.expected.amount),
  graduated_min_commit: (one) => committed(tiered("graduated", one), one),
  graduated_plus_recurring: (one) => {
    const usage = charge(tiered("graduated", one), one.usage.quantity);
    return exactly(total([usage, picos(text(one.config.recurring))]), one.expected.invoice);
  },
  graduated_multi_unit: (one) => against(byUnit(one.config.units, one.usage, unitTiers("graduated")), one),
  grouped_graduated: (one) => against(sumOf(tiered("graduated", one), one.usage.group_values), one),
  bucketed_max_graduated: (one) => against(sumOf(tiered("graduated", one), one.usage.bucket_max), one),
  volume: byTiers("volume"),
  volume_or_graduated: (one) => {
    const both = [byTiers("volume")(one), byTiers("graduated")(one)] as const;
    return { ours: [both[0].ours, both[1].ours].join(), theirs: [both[0].theirs, both[1].theirs].join() };
  },
  volume_min_commit: (one) => committed(tiered("volume", one), one),
  volume_max_commit: (one) => against(charge(tiered("volume", one), one.usage.quantity), one),
  volume_multi_unit: (one) => against(byUnit(one.config.units, one.usage, unitTiers("volume")), one),
  grouped_volume: (one) => against(sumOf(tiered("volume", one), one.usage.group_values), one),
  bucketed_max_volume: (one) => against(sumOf(tiered("volume", one), one.usage.bucket_max), one),
  package: (one) => {
    const { rounding, package_size: by, package_price: unitPrice } = one.config;
    const whole = {
      model: "per_unit",
      unitPrice: text(unitPrice),
      convert: { by: text(by), op: "divide", round: "down" },
    };
    return against(charge(rounding === "down" ? whole : packaged(one.config), one.usage.quantity), one);
  },
  quantity_conversion: ({ config, usage, expected }) =>
    exactly(
      charge({ model: "per_unit", unitPrice: "1", convert: converted(config) }, usage.quantity),
      expected.quantity,
    ),
  quantity_rounding: ({ config, usage, expected }) => {
    const convert = converted({ op: "multiply", factor: "1", rounding: config.function });
    return exactly(charge({ model: "per_unit", unitPrice: "1", convert }, usage.quantity), expected.quantity);
  },
  per_unit_converted: (one) => against(charge(perUnit(one, converting(one)), one.usage.quantity), one),
  per_unit_converted_progressive: (one) => exactly(growth(perUnit(one, converting(one)), one), one.expected.amount),
  per_unit_converted_usage_discount: (one) => {
    const terms = { ...converting(one), freeUnits: text(one.config.usage_discount) };
    return against(charge(perUnit(one, terms), one.usage.quantity), one);
  },
  graduated_converted: (one) =>
    against(charge({ ...tiered("graduated", one), ...converting(one) }, one.usage.quantity), one),
  package_progressive: (one) => exactly(growth(packaged(one.config), one), one.expected.amount),
  package_max_commit: (one) => exactly(growth(packaged(one.config), one), one.expected.amount),
  package_min_commit: (one) => committed(packaged(one.config), one),
  package_multi_unit: (one) =>
    against(
      byUnit(one.config.units, one.usage, (unit) => packaged(fields(unit))),
      one,
    ),
  bucketed_max_package: (one) => against(sumOf(packaged(one.config), one.usage.bucket_max), one),
  bucketed_max_per_unit: (one) => against(sumOf(perUnit(one), one.usage.bucket_max), one),
  percentage: (one) => exactly(transactions(one), one.expected.amount),
  percentage_min_max: (one) => exactly(transactions(one), one.expected.amount),
  graduated_percentage: (one) => exactly(charge(graduatedPercentage(one), one.usage.total), one.expected.amount),
  dynamic: (one) => {
    const amounts = one.usage.event_amounts_minor;
    if (amounts !== undefined) return against(sumOf({ model: "dynamic", multiplier: "0.01" }, amounts), one);
    const ours = charge({ model: "dynamic", multiplier: text(one.config.multiplier) }, one.usage.quantity);
    return exactly(rounded(ours, one.config.currency), one.expected.amount);
  },
  dynamic_grouped: (one) => {
    const lines = Object.entries(fields(one.usage.event_amounts_minor)).map(([group, amount]) => ({
      ours: formatPicos(rounded(charge({ model: "dynamic", multiplier: "0.01" }, amount), one.config.currency)),
      theirs: cents(fields(one.expected.line_minor)[group]),
    }));
    return { ours: lines.map(({ ours }) => ours).join(), theirs: lines.map(({ theirs }) => theirs).join() };
  },
  dynamic_max_commit: (one) => {
    const price = { model: "dynamic", multiplier: text(one.config.multiplier), maximum: text(one.config.maximum) };
    return exactly(rounded(growth(price, one), one.config.currency), one.expected.amount);
  },
  graduated_blocks: (one) => {
    const tiers = list(one.config.tiers).map(fields);
    const rows = tiers.map(({ max_blocks: size, block_price: price }) => [size, price] as const);
    return against(charge({ model: "graduated", tiers: blocks(rows) }, one.usage.quantity), one);
  },
  charge_minimum_true_up: (one) => {
    const [held = "", whole = ""] = text(one.config.proration).replace(" days", "").split("/");
    const part = { of: decimal(held), per: decimal(whole) };
    const owed = trueUp(decimal(cents(one.config.charge_minimum_minor)), { charged: chargedMinor(one.usage), part });
    return exactly(rounded(owed, "USD"), cents(one.expected.true_up_minor));
  },
  line_rounding: ({ config, usage, expected }) =>
    exactly(rounded(picos(text(usage.amount)), config.currency), expected.amount),
  invoice_sum_of_rounded_lines: ({ config, usage, expected }) => {
    const lines =
      usage.line === undefined ? list(usage.lines) : Array.from({ length: Number(usage.count) }, () => usage.line);
    return exactly(rounded(total(lines.map((line) => picos(text(line)))), config.currency), expected.subtotal);
  },
  allocate_largest_remainder: shares,
};
