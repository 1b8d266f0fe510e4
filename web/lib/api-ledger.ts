import type { JournalFormat, LedgerClose, LedgerEntry, TrialBalance } from "@farthing/sdk";
import type { Listed, PageChoice } from "./api.ts";
import { type Answer, given, read } from "./api-call.ts";

/** What every account came to at an instant, or now. */
export function getTrialBalance(at: string | undefined): Promise<Answer<TrialBalance>> {
  return read((api) => api.ledger.trialBalance(given({ at })));
}

/** A page of an account's entries, in order of their dates. */
export function listEntries(
  account: string,
  choice: PageChoice & { readonly to?: string | undefined },
): Listed<LedgerEntry> {
  return read((api) => api.ledger.entries(account, given(choice)));
}

/** The closed periods, as far as one page holds them; the first one first. */
export function listCloses(): Listed<LedgerClose> {
  return read((api) => api.ledger.closes({ limit: 500 }));
}

/** The journal, as a response whose body is not read yet. */
export function exportJournal(format: JournalFormat): Promise<Answer<Response>> {
  return read((api) => api.ledger.journal({ format }));
}
