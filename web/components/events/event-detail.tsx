import type { SeenEvent } from "@farthing/sdk";
import Link from "next/link";
import type { ReactNode } from "react";
import { Facts } from "@/components/facts.tsx";
import { Moment } from "@/components/moment.tsx";
import { href } from "@/lib/search.ts";

interface Props {
  readonly event: SeenEvent;
  readonly zone: string;
}

/** Why an event has its verdict, what it is a copy of or billed by, and the event itself. */
export function EventDetail({ event, zone }: Props) {
  const { id, source, customer, type, time, receivedAt, data } = event;
  const sent = { id, source, customer, type, time, data };
  return (
    <div data-panel="event" className="grid gap-4 p-4 sm:px-5 lg:grid-cols-2">
      <div className="grid content-start gap-3">
        <p className="max-w-prose text-sm text-body">{event.reason}</p>
        <Facts facts={[["Code", <code key="code">{event.code}</code>], ...places(event, zone)]} />
        <p className="text-xs text-soft">
          Received <Moment at={receivedAt} zone={zone} detail="second" />
        </p>
      </div>
      <pre
        title="The event"
        className="min-w-0 whitespace-pre-wrap rounded-md border border-line bg-panel p-3 font-mono text-xs text-ink [overflow-wrap:anywhere]"
      >
        {JSON.stringify(sent, null, 2)}
      </pre>
    </div>
  );
}

type Fact = readonly [name: string, value: ReactNode];

function places({ id, customer, copyOf, seal }: SeenEvent, zone: string): readonly Fact[] {
  const copies = href("/events", { customer, id, range: "30d" });
  const facts: Fact[] = [];
  if (copyOf) {
    const link = (
      <Link className="link" href={href("/events", { customer, id, range: "30d", show: copyOf.key })} prefetch={false}>
        the event of <Moment at={copyOf.time} zone={zone} detail="second" />
      </Link>
    );
    facts.push(["Copy of", link]);
  }
  if (seal) facts.push(["Settlement", <Place key="s" path="/settlements" id={seal.settlement} />]);
  if (seal?.invoice) facts.push(["Invoice", <Place key="i" path="/invoices" id={seal.invoice} />]);
  if (id && customer) {
    const link = (
      <Link key="c" className="link" href={copies} prefetch={false}>
        all of this id
      </Link>
    );
    facts.push(["Copies", link]);
  }
  return facts;
}

function Place({ path, id }: { readonly path: string; readonly id: string }) {
  return (
    <Link className="link [overflow-wrap:anywhere]" href={`${path}/${encodeURIComponent(id)}`} prefetch={false}>
      {id}
    </Link>
  );
}
