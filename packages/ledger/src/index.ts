export {
  type Account,
  type AccountType,
  account,
  accountId,
  accountTypes,
  chart,
  type PartyId,
  parseAccountId,
  partyId,
} from "./account.ts";
export type { Balances, Book, Line } from "./book.ts";
export type { Alongside, Books, PostedCause } from "./books.ts";
export type { Close } from "./close.ts";
export { closePeriod, type PeriodClosed, type PeriodOpen } from "./close-period.ts";
export type { AccountDocument, CloseDocument, EntryDocument, TrialBalanceDocument } from "./documents.ts";
export { type Cause, draftPosting, entriesOf } from "./draft-posting.ts";
export { exportJournal, type JournalFile, type JournalOrder } from "./export-journal.ts";
export { hledgerJournal, hledgerTransaction, type JournalEntry, type JournalTransaction } from "./hledger.ts";
export { endHold, type HoldEnd, type HoldNotEnded, type HoldOrder, placeHold } from "./holds.ts";
export { type AccountFilter, getTrialBalance, listAccounts } from "./list-accounts.ts";
export { listCloses } from "./list-closes.ts";
export { type EntryFilter, listEntries } from "./list-entries.ts";
export type { Limit, LimitExceeded } from "./plan-lines.ts";
export { type LedgerStores, type NotPosted, type PostTerms, post, postFirst } from "./post.ts";
export { type ChunksNotPosted, postChunk, postRun, type Run } from "./post-run.ts";
export { type Entry, makePosting, type NoPosting, type Posting, postingDigest } from "./posting.ts";
export { type CauseKind, type PartOf, postingRules, type RuleRow } from "./posting-rules.ts";
export { type TrialBalance, trialBalance } from "./trial-balance.ts";
