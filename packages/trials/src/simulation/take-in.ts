import { KnownCustomers } from "@farthing/billing";
import { acceptEvents, type IngestStores, replaceEvent, voidEvent } from "@farthing/metering";
import { memoryRejections } from "@farthing/metering/memory";
import { customerId, expectOk, type MerchantId } from "@farthing/money";
import type { UseCasePorts } from "../protocol/use-case-ports.ts";
import type { ExpectedAnswer } from "./answered.ts";
import { bodyOf, jsonOf, type SentEvent, type SentVoid } from "./facts.ts";

/** Who is told something, and when it was first said. Units: milliseconds. */
interface Receipt {
  readonly merchant: MerchantId;
  readonly receivedAt: number;
}

/** Takes events in, as a request does that may be sent again under its key. */
export async function takeEvents(
  ports: UseCasePorts,
  events: readonly SentEvent[],
  receipt: Receipt,
): Promise<ExpectedAnswer> {
  const request = { ...receipt, text: bodyOf(events), kind: "json", backfill: false, keyed: true } as const;
  return expectOk(await acceptEvents(ingestStores(ports), request));
}

/** Takes a void in, and with it the event that stands in the place of what is void, if there is one. */
export async function takeVoid(
  ports: UseCasePorts,
  { fact, event }: { readonly fact: SentVoid; readonly event?: SentEvent | undefined },
  receipt: Receipt,
): Promise<void> {
  const { customer, id, source, time } = fact;
  const body = { id, customer: customerId(customer), source, time, reason: "wrong" };
  if (event === undefined) {
    expectOk(await voidEvent(ports.facts, { ...receipt, body }));
    return;
  }
  const text = `{"id":${JSON.stringify(id)},"event":${jsonOf(event)}}`;
  const parsed: { readonly event: unknown } = JSON.parse(text);
  expectOk(await replaceEvent(ingestStores(ports), { ...receipt, body: { ...body, event: parsed.event }, text }));
}

function ingestStores({ facts, settling: { meters, customers, clock } }: UseCasePorts): IngestStores {
  return { ...facts, meters, customers: new KnownCustomers(customers, clock), rejections: memoryRejections() };
}
