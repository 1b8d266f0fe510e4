import type { Webhook, WebhookDelivery } from "@farthing/sdk";
import Link from "next/link";
import { Suspense } from "react";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Moment } from "@/components/moment.tsx";
import { PanelSkeleton } from "@/components/skeleton.tsx";
import { Status } from "@/components/status.tsx";
import { lastAnswer } from "@/lib/delivery-words.ts";
import { href, type QueryValues } from "@/lib/search.ts";
import { DeliveryDetail } from "./delivery-detail.tsx";

interface Props {
  readonly webhook: Webhook;
  readonly deliveries: readonly WebhookDelivery[];
  readonly path: string;
  readonly query: QueryValues;
  readonly zone: string;
  readonly mayReplay: boolean;
}

/** Deliveries with what was answered last and what comes next; the row that the address names stands open. */
export function DeliveryTable({ webhook, deliveries, path, query, zone, mayReplay }: Props) {
  const isOpen = ({ message }: WebhookDelivery) => message === query.show;
  const columns: readonly Column<WebhookDelivery>[] = [
    {
      head: "Message",
      grow: true,
      cell: (delivery) => (
        <Link
          href={href(path, { ...query, show: isOpen(delivery) ? undefined : delivery.message })}
          prefetch={false}
          scroll={false}
          aria-expanded={isOpen(delivery)}
          className="row-link [overflow-wrap:anywhere]"
        >
          {delivery.type}
          <span className="block font-mono text-xs font-normal text-soft">{delivery.message}</span>
        </Link>
      ),
    },
    { head: "Status", cell: ({ status }) => <Status status={status} /> },
    { head: "Attempts", end: true, cell: ({ attemptCount }) => <data value={attemptCount}>{attemptCount}</data> },
    { head: "Last answer", cell: (delivery) => <span className="whitespace-nowrap">{lastAnswer(delivery)}</span> },
    {
      head: "Next attempt",
      cell: ({ nextAt }) => (nextAt ? <Moment at={nextAt} zone={zone} detail="second" /> : null),
    },
    { head: "Made", cell: ({ createdAt }) => <Moment at={createdAt} zone={zone} detail="second" /> },
  ];
  const below = (delivery: WebhookDelivery) =>
    isOpen(delivery) ? (
      <Suspense fallback={<PanelSkeleton rows={3} />}>
        <DeliveryDetail webhook={webhook} delivery={delivery} zone={zone} mayReplay={mayReplay} />
      </Suspense>
    ) : null;
  return (
    <DataTable
      tall
      label="Deliveries"
      columns={columns}
      rows={deliveries}
      rowKey={({ message }) => message}
      below={below}
    />
  );
}
