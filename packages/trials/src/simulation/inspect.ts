import { type Blame, checkAnswers } from "./check-answers.ts";
import { checkBills } from "./check-bills.ts";
import { checkCharges } from "./check-charges.ts";
import { checkConservation } from "./check-conservation.ts";
import { checkSettlements } from "./check-settlements.ts";
import { checkUsage, questionsOf } from "./check-usage.ts";
import { type Account, readEvidence } from "./evidence.ts";
import type { Customer } from "./expected-bill.ts";
import { expectedTerms } from "./expected-terms.ts";
import { judgedEvents } from "./expected-verdicts.ts";
import type { Run } from "./run-story.ts";
import type { Stretch } from "./wall-clock.ts";

/** Of which event time usage is asked, and of which the report. */
export interface Ranges {
  readonly usage: Stretch;
  readonly report: Stretch;
}

/** Compares all that the product holds and answers now with what the test works out of what was sent. Nothing may wait for a roll. */
export async function inspect(run: Run, { usage, report }: Ranges, blame: Blame): Promise<void> {
  const evidence = await readEvidence(run);
  checkAnswers(run, evidence, blame);
  const customers = evidence.accounts.map((account) => customerOf(run, account, blame));
  for (const customer of customers) {
    checkBills(customer, blame);
    await checkCharges(run, customer, blame);
  }
  checkSettlements(run, evidence, blame);
  await checkUsage(run, evidence, { questions: questionsOf(run, usage), blame });
  await checkConservation(run, customers, { range: report, blame });
}

function customerOf({ story, happened }: Run, account: Account, blame: Blame): Customer {
  const expected = expectedTerms(story, happened, account);
  const terms = expected.flatMap((term) => {
    const found = account.subscriptions.find(
      ({ plan, start, flatFrom, timezone }) =>
        plan === term.plan.key && start === term.start && flatFrom === term.flatFrom && timezone === term.zone,
    );
    if (found === undefined) blame(`${account.customer} is not subscribed to ${term.plan.key} from ${term.start}`);
    return found === undefined ? [] : [{ ...term, id: found.id }];
  });
  if (account.subscriptions.length > terms.length) blame(`${account.customer} has subscriptions that nobody ordered`);
  return { account, events: judgedEvents(account), terms, happened };
}
