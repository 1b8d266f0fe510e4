import { formatDecimal } from "@farthing/money";
import { type Grant, type GrantState, remaining } from "./grant.ts";
import type { GrantEntry } from "./grant-entries.ts";

/** A grant as the API shows it, with what is left of it. Units: `amount` and `remaining` in major units, or in units of the meter. */
export function grantDocument(grant: Grant, state: GrantState) {
  const { id, customer, granted, currency, meter, name, priority, startsAt, expiresAt, rollOver, scope } = grant;
  const amount = formatDecimal(granted);
  return {
    id,
    customer,
    ...(meter === undefined ? { amount } : { units: amount, meter }),
    ...(currency === undefined ? {} : { currency }),
    ...(name === undefined ? {} : { name }),
    priority,
    startsAt: timeText(startsAt),
    ...(expiresAt === undefined ? {} : { expiresAt: timeText(expiresAt) }),
    ...(rollOver === undefined ? {} : { rollOver: rollOverDocument(rollOver) }),
    ...(scope === undefined ? {} : { scope }),
    status: state.stage,
    remaining: formatDecimal(remaining(grant, state)),
    createdAt: timeText(grant.createdAt),
  };
}

/** A grant as the API shows it. */
export type GrantDocument = ReturnType<typeof grantDocument>;

/** An entry of a grant's account as the API shows it. */
export function entryDocument({ amount, running, at, ...entry }: GrantEntry) {
  return { ...entry, amount: formatDecimal(amount), running: formatDecimal(running), at: timeText(at) };
}

/** An entry of a grant's account as the API shows it. */
export type EntryDocument = ReturnType<typeof entryDocument>;

function rollOverDocument({ maximum, until }: NonNullable<Grant["rollOver"]>) {
  return { ...(maximum === undefined ? {} : { maximum: formatDecimal(maximum) }), until: timeText(until) };
}

function timeText(instantMs: number): string {
  return new Date(instantMs).toISOString();
}
