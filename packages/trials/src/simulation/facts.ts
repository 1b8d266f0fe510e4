/** A value in an event's data: text, or a number as it is written in JSON. */
export type DataValue = string | { readonly number: string };

/** An event as a client sends it: plain values only, so that what is expected is worked out without the product's code. */
export interface SentEvent {
  readonly kind: "event";
  readonly customer: string;
  readonly id: string;
  readonly source: string | undefined;
  readonly type: string;
  /** Milliseconds since 1970; without one, the moment of receipt counts. */
  readonly time: number | undefined;
  /** `tag` names the content: events of one identity with the same tag and time are exact copies. */
  readonly data: Readonly<Record<string, DataValue>>;
}

/** A void as a client sends it. */
export interface SentVoid {
  readonly kind: "void";
  readonly customer: string;
  readonly id: string;
  readonly source: string | undefined;
  /** Only a hint. */
  readonly time: number | undefined;
}

/** What clients send. */
export type SentFact = SentEvent | SentVoid;

/** Who, what, and which: never when. */
export function identityOf({ customer, id, source }: Pick<SentFact, "customer" | "id" | "source">): string {
  return JSON.stringify([customer, source ?? "", id]);
}

/** A body that carries events, every number as it was written. */
export function bodyOf(events: readonly SentEvent[]): string {
  return `{"events":[${events.map(jsonOf).join(",")}]}`;
}

/** One event as JSON. */
export function jsonOf({ id, customer, source, type, time, data }: SentEvent): string {
  const members = [
    member("id", id),
    member("type", type),
    member("customer", customer),
    ...(source === undefined ? [] : [member("source", source)]),
    ...(time === undefined ? [] : [member("time", new Date(time).toISOString())]),
    `"data":{${Object.entries(data)
      .map(([key, value]) => member(key, value))
      .join(",")}}`,
  ];
  return `{${members.join(",")}}`;
}

function member(key: string, value: DataValue): string {
  return `${JSON.stringify(key)}:${typeof value === "string" ? JSON.stringify(value) : value.number}`;
}

/** A value as text, as groups show it. */
export function dataText(value: DataValue | undefined): string | undefined {
  return typeof value === "object" ? value.number : value;
}
