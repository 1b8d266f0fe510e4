import type { CollectionWorkStores, PaymentRail } from "@farthing/billing";

/** The process was killed: no code of ours catches it. */
export class Killed extends Error {}

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
  const life: Life = { calls: 0, over: false, fate, turn };
  const ports = mortalNames.map((name) => [name, mortal(stores[name], life)] as const);
  const rail = (account: string | undefined): PaymentRail => mortal(stores.rail(account), life);
  return { ...stores, ...Object.fromEntries(ports), rail };
}

/** How many calls a run of a process makes. */
export async function countCalls(run: (stores: CollectionWorkStores) => Promise<void>, stores: CollectionWorkStores) {
  const life: Life = { calls: 0, over: false, fate: undefined, turn: async () => {} };
  const ports = mortalNames.map((name) => [name, mortal(stores[name], life)] as const);
  const rail = (account: string | undefined): PaymentRail => mortal(stores.rail(account), life);
  await run({ ...stores, ...Object.fromEntries(ports), rail });
  return life.calls;
}

interface Life {
  calls: number;
  over: boolean;
  readonly fate: Fate | undefined;
  readonly turn: Turn;
}

function mortal<Port extends object>(port: Port, life: Life): Port {
  return new Proxy(port, {
    get(target, method) {
      const found: unknown = Reflect.get(target, method, target);
      if (typeof found !== "function") return found;
      return async (...args: readonly unknown[]) => {
        await life.turn();
        if (life.over) throw new Killed();
        life.calls += 1;
        const isLast = life.calls === life.fate?.call;
        if (isLast) life.over = true;
        if (isLast && life.fate?.acted === false) throw new Killed();
        const result: unknown = await Reflect.apply(found, target, args);
        if (life.over) throw new Killed();
        return result;
      };
    },
  });
}

/** Runs what may be killed; whether it was. */
export async function survives(run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    if (error instanceof Killed) return false;
    throw error;
  }
}
