import { setTimeout as wait } from "node:timers/promises";

const mostAttempts = 10;

/**
 * Does something with many items that may leave some undone, and with those again until none is left.
 *
 * Errors: throws under DynamoDB's name for throttling when they stay undone.
 */
export async function untilNoneIsLeft<T>(
  items: readonly T[],
  task: (items: readonly T[]) => Promise<readonly T[]>,
): Promise<void> {
  let left = items;
  for (let attempt = 0; left.length > 0; attempt++) {
    if (attempt === mostAttempts)
      throw Object.assign(new Error("a batch was not done"), { name: "ThrottlingException" });
    if (attempt > 0) await wait(Math.min(1000, 25 * 2 ** attempt) * (0.5 + Math.random() / 2));
    left = await task(left);
  }
}

/** Each item once, the last of those that have the same key: a batch must not name one twice. */
export function onceEach<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

interface Read<K, T> {
  readonly data: readonly T[];
  readonly unprocessed: readonly K[];
}

/** Reads items by their keys, each of which is named once, in as many batches as it takes. */
export async function readMany<K, T>(
  keys: readonly K[],
  read: (keys: readonly K[]) => Promise<Read<K, T>>,
): Promise<readonly T[]> {
  const found: T[] = [];
  await untilNoneIsLeft(keys, async (asked) => {
    const { data, unprocessed } = await read(asked);
    found.push(...data);
    return unprocessed;
  });
  return found;
}
