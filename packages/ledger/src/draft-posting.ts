import { type CurrencyCode, type MerchantId, type Picos, picosFrom, type Result } from "@farthing/money";
import { type Account, chart, type PartyId } from "./account.ts";
import { type Entry, makePosting, type NoPosting, type Posting } from "./posting.ts";
import { type CauseKind, type PartOf, postingRules, type RuleRow } from "./posting-rules.ts";

/** What happened, in the words of a rule. `id` names the cause among its kind. Units: milliseconds, picos. */
export interface Cause<Kind extends CauseKind> {
  readonly kind: Kind;
  readonly id: string;
  readonly merchant: MerchantId;
  readonly occurredAt: number;
  readonly currency: CurrencyCode;
  /** The second currency of a conversion. */
  readonly other?: CurrencyCode;
  /** Whose sub-accounts take it. */
  readonly party?: PartyId;
  readonly parts: Readonly<Record<PartOf<Kind>, Picos>>;
  readonly description: string;
  readonly facts?: Readonly<Record<string, string>>;
}

/** Makes the posting of a cause by its rule. Errors: those of `makePosting`. */
export function draftPosting<Kind extends CauseKind>(cause: Cause<Kind>): Result<Posting, NoPosting> {
  const { kind, id, merchant, occurredAt, description, facts = {} } = cause;
  return makePosting({
    merchant,
    cause: `${kind}:${id}`,
    occurredAt,
    description,
    facts,
    entries: entriesOf(cause),
  });
}

/** The entries of a cause by its rule, those of nothing among them. Errors: throws where a conversion names one currency. */
export function entriesOf<Kind extends CauseKind>(
  cause: Pick<Cause<Kind>, "kind" | "currency" | "other" | "party" | "parts">,
): readonly Entry[] {
  const rows: readonly (RuleRow & { readonly part: PartOf<Kind> })[] = postingRules[cause.kind];
  return rows.map((row) => {
    const amount: Picos = cause.parts[row.part];
    return { account: accountOf(row, cause), amount: row.side === "debit" ? amount : picosFrom(-amount) };
  });
}

function accountOf(
  { account: type, other, whole }: RuleRow,
  { currency: own, other: second, party }: Pick<Cause<CauseKind>, "currency" | "other" | "party">,
): Account {
  const currency = other === true ? second : own;
  if (currency === undefined) throw new Error("a conversion has two currencies");
  const split = party !== undefined && chart[type].byParty && whole !== true;
  return split ? { type, currency, party } : { type, currency };
}
