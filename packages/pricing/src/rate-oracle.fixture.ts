/** A fraction of bigints, as this oracle reckons: it shares no line with the code that it checks. */
interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

/** A tier as the oracle reads it. */
interface OracleTier {
  readonly upTo: string | null;
  readonly unitPrice?: string;
  readonly flat?: string;
  readonly rate?: string;
  readonly fixed?: string;
  readonly amount?: string;
}

/** A price as the oracle reads it: the text of a plan. */
export interface OraclePrice {
  readonly model: string;
  readonly unitPrice?: string;
  readonly per?: string;
  readonly size?: string;
  readonly amount?: string;
  readonly multiplier?: string;
  readonly tiers?: readonly OracleTier[];
  readonly chargeZero?: boolean;
  readonly convert?: { readonly by: string; readonly op: string; readonly round?: string };
  readonly freeUnits?: string;
  readonly discount?: string;
  readonly maximum?: string;
}

const nought: Fraction = { n: 0n, d: 1n };

function fraction(text = "0"): Fraction {
  const [whole = "0", decimals = ""] = text.split(".");
  return { n: BigInt(whole + decimals), d: 10n ** BigInt(decimals.length) };
}

const plus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
const less = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d });
const by = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });
const over = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d, d: a.d * b.n });
const isMore = (a: Fraction, b: Fraction): boolean => a.n * b.d > b.n * a.d;
const least = (a: Fraction, b: Fraction): Fraction => (isMore(a, b) ? b : a);

/** Rounds to picos by looking at the doubled remainder. */
function picosNear({ n, d }: Fraction): bigint {
  const scaled = n * 10n ** 12n;
  const down = scaled / d;
  const twice = (scaled % d) * 2n;
  return twice > d || (twice === d && down % 2n === 1n) ? down + 1n : down;
}

function reached(tiers: readonly OracleTier[], quantity: Fraction): readonly OracleTier[] {
  const passed = tiers.filter(({ upTo }) => upTo !== null && isMore(quantity, fraction(upTo))).length;
  return tiers.slice(0, passed + 1);
}

function stepwise(price: OraclePrice, quantity: Fraction): Fraction {
  const per = fraction(price.per ?? "1");
  return reached(price.tiers ?? [], quantity).reduce((sum, tier, index, all) => {
    const from = index === 0 ? nought : fraction(all[index - 1]?.upTo ?? "0");
    const units = less(tier.upTo === null ? quantity : least(quantity, fraction(tier.upTo)), from);
    const share =
      tier.rate === undefined ? over(by(fraction(tier.unitPrice), units), per) : by(fraction(tier.rate), units);
    return plus(sum, plus(share, fraction(tier.flat ?? tier.fixed)));
  }, nought);
}

function amount(price: OraclePrice, quantity: Fraction): Fraction {
  const tier = reached(price.tiers ?? [], quantity).at(-1);
  const per = fraction(price.per ?? "1");
  if (price.model === "per_unit") return over(by(fraction(price.unitPrice), quantity), per);
  if (price.model === "volume") return plus(over(by(fraction(tier?.unitPrice), quantity), per), fraction(tier?.flat));
  if (price.model === "capacity") return fraction(tier?.amount);
  if (price.model === "dynamic") return by(fraction(price.multiplier ?? "1"), quantity);
  if (price.model !== "package") return stepwise(price, quantity);
  const { n, d } = over(quantity, fraction(price.size));
  return by({ n: n / d + (n % d === 0n ? 0n : 1n), d: 1n }, fraction(price.amount));
}

/** A quantity in the units of the price; only conversions that end are asked for. */
function inUnits(quantity: Fraction, convert: OraclePrice["convert"]): Fraction {
  if (convert === undefined) return quantity;
  const { n, d } = convert.op === "divide" ? over(quantity, fraction(convert.by)) : by(quantity, fraction(convert.by));
  if (convert.round === "up") return { n: n / d + (n % d === 0n ? 0n : 1n), d: 1n };
  return convert.round === "down" ? { n: n / d, d: 1n } : { n, d };
}

/** What a quantity from nought comes to under a price. Units: picos out. */
export function oracle(price: OraclePrice, quantity: string): bigint {
  const rated = less(inUnits(fraction(quantity), price.convert), fraction(price.freeUnits));
  const atZero = price.chargeZero === true ? fraction(price.tiers?.[0]?.flat) : nought;
  const due = rated.n > 0n ? amount(price, rated) : atZero;
  const charged = picosNear(by(due, less(fraction("1"), fraction(price.discount))));
  const most = price.maximum === undefined ? undefined : picosNear(fraction(price.maximum));
  return most !== undefined && charged > most ? most : charged;
}
