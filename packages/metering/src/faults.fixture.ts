/** A process that died at a store's call. */
export class Crash extends Error {}

/** Where a run dies: before a call acts, or after it, when its answer is lost. Calls count from 1. */
export interface CrashPoint {
  readonly call: number;
  readonly when: "before" | "after";
}

/** Stores whose calls are counted, and which die at one of them. */
export function crashing<Stores extends object>(
  stores: Stores,
  point: CrashPoint = { call: 0, when: "before" },
): { readonly stores: Stores; readonly calls: readonly string[] } {
  const calls: string[] = [];
  const call = async (name: string, act: () => unknown) => {
    const here = calls.push(name) === point.call;
    if (here && point.when === "before") throw new Crash(`before ${name}`);
    const answer = await act();
    if (here) throw new Crash(`after ${name}`);
    return answer;
  };
  return { stores: counted(stores, call, 2), calls };
}

/** Runs a job once to count its calls, then dies before and after each of them in turn. */
export async function eachCrash(
  run: (point?: CrashPoint) => Promise<{ readonly calls: readonly string[] }>,
): Promise<number> {
  const { calls } = await run();
  for (let call = 1; call <= calls.length; call++) {
    for (const when of ["before", "after"] as const) await run({ call, when });
  }
  return calls.length;
}

/** Runs a job that may die. */
export async function survive(job: () => Promise<unknown>): Promise<"done" | "crashed"> {
  try {
    await job();
    return "done";
  } catch (error) {
    if (error instanceof Crash) return "crashed";
    throw error;
  }
}

type Call = (name: string, act: () => unknown) => Promise<unknown>;

function counted<T extends object>(store: T, call: Call, depth: number): T {
  const inner = new Map<PropertyKey, unknown>();
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name === "clock" || name === "ids") return value;
      if (typeof value === "function")
        return (...args: unknown[]) => call(String(name), () => value.apply(target, args));
      if (typeof value !== "object" || value === null || depth === 0 || Array.isArray(value)) return value;
      const known = inner.get(name) ?? counted(value, call, depth - 1);
      inner.set(name, known);
      return known;
    },
  });
}
