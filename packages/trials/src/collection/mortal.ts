import type { CollectionWorkStores, PaymentRail } from "@farthing/billing";
import { type Life, mortalPort } from "../support/mortal-port.ts";

/** When a process is killed: at so many calls from now, before or after that call acted. */
export interface Fate {
  readonly call: number;
  readonly acted: boolean;
}

/** The ports whose calls may be a process's last. */
const mortalNames = ["collections", "runs", "railCustomers", "account", "mailer", "queue", "reconciliations"] as const;

/** A few turns of the event loop's queue, drawn anew each time, so that processes at once pass each other in every order. */
type Turn = () => Promise<void>;

/** The stores as one process sees them that its fate may kill: from then on no call of it reaches them. */
export function mortalStores(
  stores: CollectionWorkStores,
  { fate, turn = async () => {} }: { readonly fate: Fate | undefined; readonly turn?: Turn },
): CollectionWorkStores {
  let calls = 0;
  return mortalWith(stores, { over: false, turn, next: () => (++calls === fate?.call ? fate : undefined) });
}

/** How many calls a run of a process makes. */
export async function countCalls(run: (stores: CollectionWorkStores) => Promise<void>, stores: CollectionWorkStores) {
  let calls = 0;
  const next = () => {
    calls++;
    return undefined;
  };
  await run(mortalWith(stores, { over: false, next }));
  return calls;
}

function mortalWith(stores: CollectionWorkStores, life: Life): CollectionWorkStores {
  const ports = mortalNames.map((name) => [name, mortalPort(stores[name], life)] as const);
  const rail = (account: string | undefined): PaymentRail => mortalPort(stores.rail(account), life);
  return { ...stores, ...Object.fromEntries(ports), rail };
}
