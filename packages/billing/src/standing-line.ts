import { chargeMeter } from "@farthing/metering";
import { type Decimal, noMoney, type Picos } from "@farthing/money";
import type { LineDraft } from "./line-draft.ts";
import type { LineKey, SealedLine } from "./seal.ts";
import { lineKeyText } from "./seal-chain.ts";
import type { RatingOrder } from "./seal-rating.ts";
import type { LineAllocation } from "./seal-terms.ts";

/** A charge as it stands when a seal has rated it: all that its key comes to, and what was taken off it before. */
export interface StandingLine {
  readonly name: string;
  readonly key: LineKey;
  readonly description: string;
  readonly plan: string | undefined;
  readonly meter: string | undefined;
  /** The units that unit grants cover; a fee has none. */
  readonly units: Decimal | undefined;
  /** Units: picos, now and through the last seal. */
  readonly exact: Picos;
  readonly exactBefore: Picos;
  readonly before: LineAllocation | undefined;
  /** An earlier seal charged for it. */
  readonly isOld: boolean;
}

/** Kinds of lines that take off or add to what others charge. */
const termKinds: readonly SealedLine["kind"][] = ["discount", "credit", "tax"];

/** Whether a line takes off or adds to what others charge. */
export function isTermLine({ kind }: Pick<SealedLine, "kind">): boolean {
  return termKinds.includes(kind);
}

/**
 * Every charge of a period that begins at or after `from`, as it stands: those that this seal changes, and those that earlier
 * ones left. The chain must have been read back to `from`. Units: milliseconds.
 */
export function standingLines(
  { chain, windows }: Pick<RatingOrder, "chain" | "windows">,
  drafts: readonly LineDraft[],
  from: number,
): readonly StandingLine[] {
  const old = chain.lines.filter((line) => !isTermLine(line));
  const byName = new Map<string, LineDraft>([...old, ...drafts].map((line) => [lineKeyText(line.key), line]));
  const plans = new Map(windows.map(({ key, plan }) => [key, plan.key]));
  const known = new Set(old.map(({ key }) => lineKeyText(key)));
  return [...byName]
    .filter(([, { key }]) => key.periodFrom >= from)
    .map(([name, { key, description, meter, chargedExact, chargedQuantity }]) => ({
      name,
      key,
      description,
      plan: key.subscription === null ? undefined : plans.get(key.subscription),
      meter,
      units: isUsage(key, meter) && (chargedQuantity?.digits ?? 0n) > 0n ? chargedQuantity : undefined,
      exact: chargedExact,
      exactBefore: known.has(name) ? chain.charged(key).exact : noMoney,
      before: chain.allocation(name),
      isOld: known.has(name),
    }));
}

/** Whether units of a meter are behind a charge: not of a commitment, nor of direct charges, whose quantity is money. */
function isUsage({ price }: LineKey, meter: string | undefined): boolean {
  return meter !== undefined && meter !== chargeMeter.key && !price.endsWith("#minimum") && !price.endsWith("#base");
}
