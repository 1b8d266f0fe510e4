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

/** Writes a batch as a request: as text at once, so that the load costs its generator what it does with the store beside. */
export function format(batch: readonly HarnessEvent[]): [string, string, Record<string, string>] {
  let text = "";
  for (const event of batch) text += `${text === "" ? "" : ","}${textOf(event)}`;
  return [`{"events":[${text}]}`, "/v1/events", headers];
}

/** The harness's texts hold nothing that JSON escapes. */
function textOf({ id, meter, customer, ts, qty, props }: HarnessEvent): string {
  let data = `"qty":${qty}`;
  for (const [name, value] of Object.entries(props)) {
    data += `,"${name}":${typeof value === "string" ? `"${value}"` : value}`;
  }
  return `{"id":"${id}","type":"${meter}","customer":"${customer}","time":"${timeText(ts)}","data":{${data}}}`;
}

let second = { at: Number.NaN, text: "" };

/** A time as RFC 3339 has it. Times of a load advance slowly, and a calendar costs more than all the rest. */
function timeText(ts: number): string {
  const at = Math.floor(ts / 1000);
  if (second.at !== at) second = { at, text: new Date(at * 1000).toISOString().slice(0, -4) };
  return `${second.text}${String(ts - at * 1000).padStart(3, "0")}Z`;
}

/** Reads an answer. */
export function parse(status: number, text: string, batch: readonly HarnessEvent[]) {
  if (status !== 202) return { accepted: 0, duplicates: 0, errors: batch.length };
  const { accepted, duplicates, rejectedCount } = JSON.parse(text) as Readonly<Record<string, number>>;
  return { accepted, duplicates, errors: rejectedCount };
}
