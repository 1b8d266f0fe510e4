import {
  add,
  type CurrencyCode,
  compare,
  type Decimal,
  digitsAt,
  divideRounded,
  isZero,
  least,
  minus,
  noMoney,
  type Picos,
  picosFrom,
  roundToPicos,
  subtract,
  sum,
  zero,
} from "@farthing/money";
import { byDrawOrder, type Grant, type GrantState, rolledOver } from "./grant.ts";

/**
 * A line that grants may cover: what it comes to, and how many units are behind it.
 *
 * Units: `net` in picos, times in milliseconds. `units` are those that unit grants cover; a line without them is a fee.
 */
export interface Coverable {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly currency: CurrencyCode;
  readonly plan?: string | undefined;
  readonly meter?: string | undefined;
  readonly units?: Decimal | undefined;
  readonly net: Picos;
}

/** What one line draws from one grant. Units: `exact` in picos; `taken` as the grant's `granted`. */
export interface Draw {
  readonly line: string;
  readonly grant: string;
  readonly exact: Picos;
  readonly taken: Decimal;
}

/** What was drawn from a grant before and after it expired. */
export type Used = Pick<GrantState, "used" | "usedRolled">;

/** A decimal of an amount. */
export function decimalOfPicos(amount: Picos): Decimal {
  return add({ digits: amount, scale: 12 }, zero);
}

/**
 * Draws grants for lines, whatever order either comes in: line by line in order of their periods, units before amounts, and
 * each in the order of grants. A line is never covered beyond what it comes to, and no grant drawn beyond what is left of it.
 *
 * `before` is what lines of earlier periods drew. Source: docs/pricing.md, "Credits".
 */
export function drawGrants(
  lines: readonly Coverable[],
  grants: readonly Grant[],
  before: ReadonlyMap<string, Used>,
): readonly Draw[] {
  const used = new Map(before);
  const ordered = [...grants].sort(byDrawOrder);
  const inOrder = [
    ...ordered.filter(({ meter }) => meter !== undefined),
    ...ordered.filter(({ meter }) => meter === undefined),
  ];
  return [...lines].sort(byPeriod).flatMap((line) => drawsOf(line, inOrder, used));
}

/** Whether a draw for a line is made after the grant expired, from what was rolled over. */
export function isRolledFor({ expiresAt }: Grant, { from }: Pick<Coverable, "from">): boolean {
  return expiresAt !== undefined && from >= expiresAt;
}

/** Adds to what was drawn from a grant what a line draws. */
export function withDraw(
  so: Used,
  grant: Grant,
  { line, taken }: { line: Pick<Coverable, "from">; taken: Decimal },
): Used {
  return isRolledFor(grant, line)
    ? { ...so, usedRolled: add(so.usedRolled, taken) }
    : { ...so, used: add(so.used, taken) };
}

function byPeriod(a: Coverable, b: Coverable): number {
  return a.from - b.from || a.to - b.to || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

const nothingUsed: Used = { used: zero, usedRolled: zero };

function drawsOf(line: Coverable, grants: readonly Grant[], used: Map<string, Used>): readonly Draw[] {
  const draws: Draw[] = [];
  let covered: Covered = { exact: noMoney, units: zero };
  for (const grant of grants) {
    if (!covers(grant, line)) continue;
    const so = used.get(grant.id) ?? nothingUsed;
    const left = leftFor(grant, line, so);
    const draw = grant.meter === undefined ? amountDraw(line, covered, left) : unitDraw(line, covered, left);
    if (isZero(draw.taken)) continue;
    draws.push({ line: line.key, grant: grant.id, ...draw });
    const units = grant.meter === undefined ? covered.units : add(covered.units, draw.taken);
    covered = { exact: sum([covered.exact, draw.exact]), units };
    used.set(grant.id, withDraw(so, grant, { line, taken: draw.taken }));
  }
  return draws;
}

/** What of a line is covered already. */
interface Covered {
  readonly exact: Picos;
  readonly units: Decimal;
}

function covers({ currency, meter, scope, startsAt, expiresAt, rollOver }: Grant, line: Coverable): boolean {
  const end = rollOver?.until ?? expiresAt ?? Number.POSITIVE_INFINITY;
  const stands = line.to > startsAt && line.from < end;
  const isIts = meter === undefined ? line.currency === currency : line.units !== undefined && line.meter === meter;
  return line.net > 0n && stands && isIts && inScope(scope, line);
}

/** Whether a line of a plan and a meter is in a scope. */
export function inScope(
  scope:
    | { readonly plans?: readonly string[] | undefined; readonly meters?: readonly string[] | undefined }
    | undefined,
  { plan, meter }: Pick<Coverable, "plan" | "meter">,
): boolean {
  return isIn(scope?.plans, plan) && isIn(scope?.meters, meter);
}

function isIn(names: readonly string[] | undefined, name: string | undefined): boolean {
  return names === undefined || (name !== undefined && names.includes(name));
}

function leftFor(grant: Grant, line: Coverable, so: Used): Decimal {
  if (!isRolledFor(grant, line)) return subtract(grant.granted, so.used);
  return subtract(rolledOver(grant, so), so.usedRolled);
}

function amountDraw({ net }: Coverable, { exact }: Covered, left: Decimal): Omit<Draw, "line" | "grant"> {
  const drawn = least(minus(net, exact), roundToPicos(left, "down"));
  return drawn > 0n ? { exact: drawn, taken: decimalOfPicos(drawn) } : { exact: noMoney, taken: zero };
}

/** Units are covered at the line's average price: the last of them brings what is covered to exactly what the line comes to. */
function unitDraw({ net, units = zero }: Coverable, covered: Covered, left: Decimal): Omit<Draw, "line" | "grant"> {
  const open = subtract(units, covered.units);
  const taken = compare(left, open) < 0 ? left : open;
  if (taken.digits <= 0n) return { exact: noMoney, taken: zero };
  const share = shareOf(net, add(covered.units, taken), units);
  return { exact: minus(share, covered.exact), taken };
}

/** amount × part ÷ whole, half to even. */
function shareOf(amount: Picos, part: Decimal, whole: Decimal): Picos {
  const scale = Math.max(part.scale, whole.scale);
  return picosFrom(divideRounded(amount * digitsAt(part, scale), digitsAt(whole, scale), "half-even"));
}
