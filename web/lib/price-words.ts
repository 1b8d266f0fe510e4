import type { Price, UnitTier, UsageTerms } from "@farthing/sdk";
import { grouped } from "./decimal.ts";
import { moneyText } from "./money-text.ts";

/** One amount of a price: what it is for, the amount or the share, and what it is counted by. */
export interface PriceStep {
  readonly scope?: string;
  readonly amount?: string;
  readonly share?: string;
  readonly note: string;
}

type Bounded = { readonly upTo: string | null };

/** What a price charges, an amount a step: one for most prices, one a tier or a cell for others. */
export function priceSteps(price: Price, currency: string): readonly PriceStep[] {
  switch (price.model) {
    case "per_unit":
      return [{ amount: price.unitPrice, note: perWords(price.per) }];
    case "flat":
      return [{ amount: price.amount, note: price.timing === "in_advance" ? "in advance" : "in arrears" }];
    case "package":
      return [{ amount: price.amount, note: `for each ${grouped(price.size)} begun` }];
    case "dynamic":
      return [
        { note: price.multiplier === undefined ? "as events say" : `${grouped(price.multiplier)} × what events say` },
      ];
    case "percentage":
      return [{ share: percent(price.rate), note: joined("of each transaction", plus(price.fixed, currency)) }];
    case "graduated_percentage":
      return tierSteps(price.tiers, ({ rate, fixed }) => ({
        share: percent(rate),
        note: joined("of the sum", plus(fixed, currency)),
      }));
    case "capacity":
      return tierSteps(price.tiers, ({ amount }) => ({ amount, note: "in all" }));
    case "matrix":
      return matrixSteps(price);
    default:
      return tierSteps(price.tiers, (tier) => unitStep(tier, price.per, currency));
  }
}

/** What else a price says: its allowance, its discount and its limits. */
export function priceTerms(price: Price, currency: string): readonly string[] {
  if (price.model === "flat") return [];
  const each = price.model === "percentage";
  const { freeUnits, discount, minimum, maximum }: UsageTerms = price;
  const money = (words: string, value: string | undefined) =>
    value === undefined ? [] : [`${words} ${moneyText(value, currency)}`];
  const converted = price.model === "percentage" ? undefined : price.convert;
  return [
    ...(converted === undefined ? [] : [convertWords(converted)]),
    ...(freeUnits === undefined ? [] : [`${grouped(freeUnits)} ${each ? "transactions" : "units"} free`]),
    ...(each ? money("free up to", price.freeAmount) : []),
    ...(discount === undefined ? [] : [`${percent(discount)} off`]),
    ...money(each ? "each at least" : "at least", minimum),
    ...money(each ? "each at most" : "at most", maximum),
    ...(each ? [...money("at least", price.periodMinimum), ...money("at most", price.periodMaximum)] : []),
    ...("chargeZero" in price && price.chargeZero ? ["first fee owed without usage"] : []),
  ];
}

const rounds = { up: ", rounded up", down: ", rounded down", half_even: ", rounded half to even", none: "" };

function convertWords({ by, op, round = "none" }: NonNullable<UsageTerms["convert"]>): string {
  return `usage ${op === "divide" ? "÷" : "×"} ${grouped(by)}${rounds[round]}`;
}

function tierSteps<Tier extends Bounded>(
  tiers: readonly Tier[],
  step: (tier: Tier) => PriceStep,
): readonly PriceStep[] {
  return tiers.map((tier, index) => {
    const from = tiers[index - 1]?.upTo;
    const scope = tier.upTo === null ? (from ? `above ${grouped(from)}` : "all") : `up to ${grouped(tier.upTo)}`;
    return { scope, ...step(tier) };
  });
}

function unitStep({ unitPrice, flat }: UnitTier, per: string | undefined, currency: string): PriceStep {
  return { amount: unitPrice, note: joined(perWords(per), plus(flat, currency)) };
}

function matrixSteps({ cells, otherwise, per }: Extract<Price, { readonly model: "matrix" }>): readonly PriceStep[] {
  const note = perWords(per);
  const steps = cells.map(({ match, unitPrice }) => ({ scope: matchWords(match), amount: unitPrice, note }));
  return otherwise === undefined ? steps : [...steps, { scope: "otherwise", amount: otherwise, note }];
}

function matchWords(match: Readonly<Record<string, string>>): string {
  return Object.entries(match)
    .map(([name, value]) => (value === "*" ? `any ${name}` : `${name} ${value}`))
    .join(", ");
}

const perWords = (per = "1"): string => `per ${per === "1" ? "unit" : grouped(per)}`;
const plus = (amount: string | undefined, currency: string): string =>
  amount === undefined ? "" : `+ ${moneyText(amount, currency)}`;
const joined = (...words: readonly string[]): string => words.filter((word) => word !== "").join(" ");

/** A share in percent, exactly: "0.029" is "2.9 %". */
function percent(share: string): string {
  const [whole = "0", fraction = ""] = share.split(".");
  const digits = fraction.padEnd(2, "0");
  const units = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, "");
  const rest = digits.slice(2).replace(/0+$/, "");
  return `${grouped(rest === "" ? units : `${units}.${rest}`)} %`;
}
