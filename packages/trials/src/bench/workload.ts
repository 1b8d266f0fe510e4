/** An event of the workload, as a client sends it. */
export interface WorkloadEvent {
  readonly id: string;
  readonly type: string;
  readonly customer: string;
  readonly time: string;
  readonly data: { readonly qty: number; readonly region: string; readonly status: number };
}

const types = ["api_calls", "tokens", "storage_gb"] as const;
const regions = ["eu-west-1", "us-east-1", "ap-south-1", "us-west-2"] as const;

/** A stream of 32-bit numbers that is the same for the same seed. Source: splitmix32. */
export function numbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

/**
 * Draws events whose times advance through one hour, with random 32-digit ids, each of one of `customers` customers, drawn
 * at random or, with `evenly`, each as often as the others, in random order.
 */
export function* workload({
  events,
  customers,
  hourStartMs,
  seed = 1,
  evenly = false,
}: {
  readonly events: number;
  readonly customers: number;
  readonly hourStartMs: number;
  readonly seed?: number;
  readonly evenly?: boolean;
}): Generator<WorkloadEvent> {
  const next = numbers(seed);
  const order = evenly ? shuffled(events, customers, seed) : undefined;
  const hex = () => next().toString(16).padStart(8, "0");
  for (let i = 0; i < events; i++) {
    yield {
      id: hex() + hex() + hex() + hex(),
      type: types[next() % types.length] ?? "api_calls",
      customer: `cus_${String(order?.[i] ?? next() % customers).padStart(6, "0")}`,
      time: new Date(hourStartMs + Math.floor((i / events) * 3_599_000)).toISOString(),
      data: {
        qty: 1 + (next() % 100),
        region: regions[next() % 4] ?? "eu-west-1",
        status: next() % 2 === 0 ? 200 : 429,
      },
    };
  }
}

/** So many customers' numbers, each as often as the others. Source: Fisher and Yates. */
function shuffled(events: number, customers: number, seed: number): Uint32Array {
  const next = numbers(seed ^ 0x5bd1e995);
  const order = Uint32Array.from({ length: events }, (_, i) => i % customers);
  for (let i = events - 1; i > 0; i--) {
    const other = next() % (i + 1);
    const kept = order[i] ?? 0;
    order[i] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}

/** The same stream, in which each `every`-th event is one again that came some thousands of events before. */
export function* withRepeats(events: Iterable<WorkloadEvent>, every: number): Generator<WorkloadEvent> {
  const kept: WorkloadEvent[] = [];
  let count = 0;
  for (const event of events) {
    const place = ++count % every;
    if (place === 1) kept.push(event);
    const again = place === 0 && kept.length > repeatAfter ? kept.shift() : undefined;
    yield again ?? event;
  }
}

/** How many chances to repeat an event pass before it is repeated. */
const repeatAfter = 500;

/** The same in requests of `size` events. */
export function* batches(events: Iterable<WorkloadEvent>, size: number): Generator<readonly WorkloadEvent[]> {
  let batch: WorkloadEvent[] = [];
  for (const event of events) {
    batch.push(event);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
