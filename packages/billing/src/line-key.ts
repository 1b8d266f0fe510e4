import { chargeMeter, type Meter, type TimeRange } from "@farthing/metering";
import type { CurrencyCode } from "@farthing/money";
import type { Group } from "@farthing/pricing";
import type { ChargeWindow } from "./charge-window.ts";
import type { LineKey, SealedLine } from "./seal.ts";

/** The key of a line of a subscription; `price` names a price of its plan, or a part of one. */
export function keyOf(
  { key, plan }: ChargeWindow,
  price: string,
  { from, to, meterRevision }: TimeRange & { readonly meterRevision: number },
): LineKey {
  return {
    subscription: key,
    price,
    periodFrom: from,
    periodTo: to,
    meterRevision,
    currency: plan.currency,
  };
}

/** The key of the line of direct charges for a month. */
export function chargeKey({ from, to }: TimeRange, currency: CurrencyCode): LineKey {
  return { subscription: null, price: chargeMeter.key, periodFrom: from, periodTo: to, meterRevision: 0, currency };
}

/** How a line of usage is shown. */
export function described(
  group: Group | undefined,
  meter: Pick<Meter, "key" | "name">,
): Pick<SealedLine, "meter" | "group" | "description"> {
  const name = meter.name ?? meter.key;
  if (group === undefined) return { meter: meter.key, description: name };
  const groups = Object.entries(group).map(([path, value]) => `${path} ${value}`);
  return { meter: meter.key, group, description: `${name} (${groups.join(", ")})` };
}
