import type { CollectTerms } from "@farthing/billing";
import { err, ok, type Result } from "@farthing/money";

/** A policy with the words that it was given in; `endsPeriod` tells whether a cut ends a period. Units: milliseconds. */
export interface NamedPolicy {
  readonly name: string;
  /** Left out, every seal asks. */
  readonly terms: CollectTerms | undefined;
  readonly endsPeriod: (cut: number) => boolean;
}

/** The words are no policy. */
export interface InvalidPolicy {
  readonly code: "invalid_policy";
  readonly message: string;
}

/** The policies that are compared where none are named. */
export const usualPolicies = ["every", "at=5", "at=10", "at=20", "after=30", "end=month", "at=10,after=60"];

const endings: Readonly<Record<string, (date: Date) => boolean>> = {
  day: (date) => date.getTime() % 86_400_000 === 0,
  week: (date) => date.getTime() % 86_400_000 === 0 && date.getUTCDay() === 1,
  month: (date) => date.getTime() % 86_400_000 === 0 && date.getUTCDate() === 1,
};

/** Reads a policy such as `at=10,after=30` or `end=month`; periods are those of UTC. Errors: `invalid_policy`. */
export function readPolicy(text: string): Result<NamedPolicy, InvalidPolicy> {
  if (text === "every") return ok({ name: text, terms: undefined, endsPeriod: () => true });
  let terms: CollectTerms = {};
  let endsPeriod: NamedPolicy["endsPeriod"] = () => false;
  for (const part of text.split(",")) {
    const [name = "", value = ""] = part.split("=");
    const ends = endings[value];
    if (name === "at" && /^\d{1,12}(?:\.\d{1,12})?$/.test(value)) terms = { ...terms, atAmount: value };
    else if (name === "after" && /^[1-9]\d{0,3}$/.test(value)) terms = { ...terms, afterDays: Number(value) };
    else if (name === "end" && ends !== undefined) {
      terms = { ...terms, atPeriodEnd: true };
      endsPeriod = (cut) => ends(new Date(cut));
    } else
      return err({
        code: "invalid_policy",
        message: `"${part}" is none of every, at=<amount>, after=<days>, end=day|week|month`,
      });
  }
  return ok({ name: text, terms, endsPeriod });
}
