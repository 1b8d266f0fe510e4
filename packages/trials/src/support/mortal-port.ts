/** The process was killed: product code ends by it, as no code of the domain catches anything. */
export class Killed extends Error {}

/** A process that may be killed: from then on no call of it reaches a port. */
export interface Life {
  over: boolean;
  /** Whether the call that is made now is the last one, and then whether it still acts. */
  readonly next: () => { readonly acted: boolean } | undefined;
  /** What passes before a call, so that processes at once meet in every order. */
  readonly turn?: () => Promise<void>;
}

/** A port as a process sees it that may be killed at any call. */
export function mortalPort<Port extends object>(port: Port, life: Life): Port {
  return new Proxy(port, {
    get(target, method) {
      const found: unknown = Reflect.get(target, method, target);
      if (typeof found !== "function") return found;
      return async (...args: readonly unknown[]) => {
        await life.turn?.();
        if (life.over) throw new Killed();
        const end = life.next();
        if (end !== undefined) life.over = true;
        if (end?.acted === false) throw new Killed();
        const result: unknown = await Reflect.apply(found, target, args);
        if (life.over) throw new Killed();
        return result;
      };
    },
  });
}

/** Runs what may be killed; whether it lived. */
export async function survives(run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    if (error instanceof Killed) return false;
    throw error;
  }
}
