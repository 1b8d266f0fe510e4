/** An event of the harness. How its load generator speaks to our API stands below: it hands over batches, and counts answers. */
export interface HarnessEvent {
  readonly id: string;
  readonly customer: string;
  readonly meter: string;
  readonly ts: number;
  readonly qty: number;
  readonly props: Readonly<Record<string, string | number>>;
}

const headers = { authorization: `Bearer ${process.env.FARTHING_BENCH_KEY ?? ""}` };

/** Writes a batch as a request. */
export function format(batch: readonly HarnessEvent[]): [string, string, Record<string, string>] {
  const events = batch.map(({ id, meter, customer, ts, qty, props }) => {
    return { id, type: meter, customer, time: new Date(ts).toISOString(), data: { qty, ...props } };
  });
  return [JSON.stringify({ events }), "/v1/events", headers];
}

/** Reads an answer. */
export function parse(status: number, text: string, batch: readonly HarnessEvent[]) {
  if (status !== 202) return { accepted: 0, duplicates: 0, errors: batch.length };
  const { accepted, duplicates, rejectedCount } = JSON.parse(text) as Readonly<Record<string, number>>;
  return { accepted, duplicates, errors: rejectedCount };
}
