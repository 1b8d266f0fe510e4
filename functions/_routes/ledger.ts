import { partyId } from "@farthing/ledger";
import { idPattern } from "@farthing/money";
import * as v from "valibot";
import { DecimalText, MomentText, PartsText, ThroughText, TimeText } from "../_kit/fields.ts";
import { FileAnswer } from "../_kit/file-answer.ts";
import { route } from "../_kit/route.ts";

const Amount = v.pipe(DecimalText, v.description("In major units; a debit is positive, a credit negative."));
const Sides = { debit: DecimalText, credit: DecimalText };

const Account = v.pipe(
  v.object({
    id: v.pipe(
      v.string(),
      v.description("`type:currency`, or `type:currency:party` for a customer's or payee's share."),
    ),
    type: v.string(),
    currency: v.string(),
    party: v.optional(v.string()),
    balance: Amount,
    ...Sides,
  }),
  v.title("LedgerAccount"),
);

const Totals = v.array(v.object({ currency: v.string(), ...Sides }));

/** Shows the trial balance. */
export const getTrialBalance = route({
  route: "GET /v1/ledger/trial-balance",
  does: "Shows what every account came to at an instant, or now; the balances of a currency sum to zero.",
  roles: ["finance"],
  query: v.strictObject({ at: v.optional(MomentText) }),
  answer: v.pipe(v.object({ at: TimeText, totals: Totals, accounts: v.array(Account) }), v.title("TrialBalance")),
  errors: [],
});

const PartyText = v.pipe(
  v.string(),
  v.regex(idPattern, "A customer's or payee's id has 1 to 128 characters of A-Z a-z 0-9 _ . : @ -"),
  v.transform(partyId),
);

/** Lists accounts. */
export const listAccounts = route({
  route: "GET /v1/ledger/accounts",
  does: "Lists the accounts that have entries with their balances: the merchant's whole ones, or a customer's or payee's shares.",
  roles: ["finance"],
  query: v.strictObject({ party: v.optional(PartyText) }),
  paged: true,
  answer: Account,
  errors: [],
});

const Facts = v.record(v.string(), v.string());

/** Lists an account's entries. */
export const listEntries = route({
  route: "GET /v1/ledger/accounts/{id}/entries",
  does: "Lists an account's entries in order of their dates, each with the balance after it.",
  roles: ["finance"],
  path: v.strictObject({ id: v.pipe(v.string(), v.maxLength(200)) }),
  query: v.strictObject({ from: v.optional(MomentText), to: v.optional(MomentText) }),
  paged: true,
  answer: v.pipe(
    v.object({
      id: v.string(),
      cause: v.pipe(v.string(), v.description("What posted it, as `kind:id`; a cause posts once.")),
      date: v.pipe(TimeText, v.description("When the books took it in.")),
      occurredAt: v.pipe(TimeText, v.description("When it happened.")),
      description: v.string(),
      facts: Facts,
      amount: Amount,
      ...Sides,
      balance: Amount,
    }),
    v.title("LedgerEntry"),
  ),
  errors: ["not_found"],
});

const Close = v.pipe(
  v.object({
    number: v.pipe(v.number(), v.integer()),
    through: TimeText,
    closedAt: TimeText,
    totals: Totals,
    accounts: v.array(Account),
    previous: v.pipe(v.string(), v.description("The digest of the close before it.")),
    digest: v.pipe(v.string(), v.description("SHA-256 in hex of what the close says.")),
  }),
  v.title("LedgerClose"),
);

/** Closes a period. */
export const closePeriod = route({
  route: "POST /v1/ledger/close",
  does: "Closes the books through an instant, its own not included: whatever is posted later is dated at it or later.",
  roles: ["finance"],
  body: v.strictObject({ through: ThroughText }),
  replay: "recomputed",
  answer: Close,
  errors: ["period_open", "period_closed"],
});

/** Lists closes. */
export const listCloses = route({
  route: "GET /v1/ledger/closes",
  does: "Lists closed periods, the first one first, each with its trial balance and its digest.",
  roles: ["finance"],
  paged: true,
  answer: Close,
  errors: [],
});

/** Exports the journal. */
export const exportJournal = route({
  route: "GET /v1/ledger/journal",
  does: "Exports the general ledger from `from` until `to`, whole or in parts: as CSV, or as plain text for hledger.",
  roles: ["finance"],
  query: v.strictObject({
    from: v.optional(MomentText),
    to: v.optional(MomentText),
    format: v.pipe(v.optional(v.pipe(v.string(), v.maxLength(32)), "csv"), v.description("csv or hledger.")),
    parts: v.optional(PartsText, "false"),
  }),
  file: ["text/csv; charset=utf-8", "text/plain; charset=utf-8"],
  parts: true,
  answer: FileAnswer,
  errors: ["unknown_format", "invalid_range", "export_too_large"],
});
