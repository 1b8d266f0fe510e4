import type { Proc, Scheduler } from "./scheduler.ts";
import type { Stores } from "./stores.ts";

/** The stores as one process sees them: every call waits for its turn, but of those where nothing ever changes. */
export function gatedStores(
  stores: Stores,
  { scheduler, proc, still }: { scheduler: Scheduler; proc: Proc; still: ReadonlySet<keyof Stores> },
): Stores {
  const gate = <Name extends keyof Stores>(name: Name): Stores[Name] =>
    still.has(name) ? stores[name] : gatedPort(stores[name], name, { scheduler, proc });
  return {
    journal: gate("journal"),
    progress: gate("progress"),
    shardPlans: gate("shardPlans"),
    meters: gate("meters"),
    log: gate("log"),
    rollQueue: gate("rollQueue"),
    customers: gate("customers"),
    subscriptions: gate("subscriptions"),
    seals: gate("seals"),
    account: gate("account"),
    settlements: gate("settlements"),
    invoices: gate("invoices"),
    numbers: gate("numbers"),
    books: gate("books"),
    settlementQueue: gate("settlementQueue"),
    indexes: gate("indexes"),
    plans: gate("plans"),
  };
}

function gatedPort<Port extends object>(
  port: Port,
  name: keyof Stores,
  { scheduler, proc }: { readonly scheduler: Scheduler; readonly proc: Proc },
): Port {
  return new Proxy(port, {
    get(target, method) {
      const found: unknown = Reflect.get(target, method, target);
      if (typeof found !== "function" || typeof method !== "string") return found;
      return (...args: readonly unknown[]) =>
        scheduler.call({ proc, port: name, method, args, run: async () => Reflect.apply(found, target, args) });
    },
  });
}
