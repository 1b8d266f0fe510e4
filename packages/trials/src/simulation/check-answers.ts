import { type AnsweredEvent, answeredFacts, factKey, reckon, sameContent } from "./answered.ts";
import type { Account, Evidence, LoggedRow } from "./evidence.ts";
import { isEvent } from "./expected-verdicts.ts";
import { identityOf } from "./facts.ts";
import type { Run } from "./run-story.ts";
import { hour } from "./spans.ts";

/** Notes what is wrong. */
export type Blame = (text: string) => void;

/** Requests are answered as they should be, and whatever was answered is stored and stands in the logs. */
export function checkAnswers(run: Run, { accounts, stored, strangers }: Evidence, blame: Blame): void {
  for (const text of strangers) blame(text);
  for (const [index, { answer }] of run.happened.entries()) {
    const { accepted, duplicates, rejectedCount } = reckon(run.happened, index).answer;
    if (answer === undefined) continue;
    if (answer.accepted !== accepted || answer.duplicates !== duplicates || answer.rejectedCount !== rejectedCount) {
      blame(`scene ${index} was answered ${JSON.stringify(answer)}, not ${accepted}, ${duplicates}, ${rejectedCount}`);
    }
  }
  const logged = new Map<string, number>();
  for (const { answered } of accounts.flatMap(({ rows }) => rows)) {
    logged.set(factKey(answered), (logged.get(factKey(answered)) ?? 0) + 1);
  }
  for (const key of answeredFacts(run.happened).keys()) {
    if ((stored.get(key) ?? 0) === 0) blame(`${key} was answered, and is not stored`);
  }
  for (const [key, times] of stored) {
    if (logged.get(key) !== times) blame(`${key} is stored ${times} times, and stands in ${logged.get(key)} rows`);
  }
  for (const account of accounts) checkParts(account, blame);
}

/** In the same or a neighbouring hour an event stands once; its copies stand beside it, as what they are. */
function checkParts({ rows }: Account, blame: Blame): void {
  const copies = Map.groupBy(rows, ({ answered: { fact } }) => identityOf(fact));
  for (const row of rows) {
    const { part, entry, answered } = row;
    if ((answered.fact.kind === "void") !== (part === "void")) blame(`entry ${entry} holds a void as an event`);
    if (!isEvent(answered)) continue;
    const near = nearEvents(row, answered, copies.get(identityOf(answered.fact)) ?? []);
    if (part === "event" && near.length > 0) blame(`${factKey(answered)} counts beside a copy of its hour`);
    const asDuplicate = near.some((other) => sameContent(answered, other));
    const asConflict = near.some((other) => !sameContent(answered, other));
    if ((part === "duplicate" && !asDuplicate) || (part === "conflict" && !asConflict))
      blame(`${factKey(answered)} is taken for a ${part}`);
  }
}

/** Copies that stand as events in the hours around, no later in the log. */
function nearEvents(row: LoggedRow, { time }: AnsweredEvent, copies: readonly LoggedRow[]): readonly AnsweredEvent[] {
  const at = Math.floor(time / hour);
  return copies.flatMap((other) => {
    const { part, entry, answered } = other;
    if (other === row || part !== "event" || entry > row.entry || !isEvent(answered)) return [];
    return Math.abs(Math.floor(answered.time / hour) - at) <= 1 ? [answered] : [];
  });
}
