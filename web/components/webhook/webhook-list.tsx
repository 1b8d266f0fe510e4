import type { Page, Webhook } from "@farthing/sdk";
import Link from "next/link";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Moment } from "@/components/moment.tsx";
import { Pager } from "@/components/pager.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed, FirstUse } from "@/components/states.tsx";
import type { Answer } from "@/lib/api.ts";
import { webhookCommand } from "@/lib/commands.ts";
import type { QueryValues } from "@/lib/search.ts";
import { WebhookState } from "./webhook-state.tsx";

interface Props {
  readonly webhooks: Answer<Page<Webhook>>;
  readonly query: QueryValues;
  readonly zone: string;
}

/** A page of webhooks with their state, or what stands in its place. */
export function WebhookList({ webhooks, query, zone }: Props) {
  if (!webhooks.ok) return <Failed what="the webhooks" problem={webhooks.problem} />;
  const { items, nextCursor } = webhooks.value;
  if (items.length === 0 && !query.cursor) {
    return (
      <FirstUse title="No webhook yet" command={webhookCommand()}>
        A webhook is an address of yours that is told what happens, by signed messages: an invoice was sealed, paid, or
        fell due.
      </FirstUse>
    );
  }
  return (
    <Panel name="webhooks" flush>
      <DataTable tall label="Webhooks" columns={columnsOf(zone)} rows={items} rowKey={({ id }) => id} />
      <Pager path="/developers/webhooks" query={query} shown={items.length} nextCursor={nextCursor} thing="webhook" />
    </Panel>
  );
}

function columnsOf(zone: string): readonly Column<Webhook>[] {
  return [
    {
      head: "Address",
      grow: true,
      cell: ({ id, url, description }) => (
        <>
          <Link
            href={`/developers/webhooks/${encodeURIComponent(id)}`}
            prefetch={false}
            className="row-link [overflow-wrap:anywhere]"
          >
            {url}
          </Link>
          {description ? <span className="block text-xs text-soft">{description}</span> : null}
        </>
      ),
    },
    { head: "State", cell: (webhook) => <WebhookState webhook={webhook} /> },
    {
      head: "Told of",
      cell: ({ events }) => (
        <span className="whitespace-nowrap">
          {events === undefined ? "everything" : `${events.length} type${events.length === 1 ? "" : "s"}`}
        </span>
      ),
    },
    {
      head: "Failing since",
      cell: ({ failingSince }) => (failingSince ? <Moment at={failingSince} zone={zone} /> : null),
    },
    { head: "Made", cell: ({ createdAt }) => <Moment at={createdAt} zone={zone} /> },
  ];
}
