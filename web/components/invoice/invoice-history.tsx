import type { Invoice, InvoiceHappening } from "@farthing/sdk";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Moment } from "@/components/moment.tsx";
import { Money } from "@/components/money.tsx";
import { Panel } from "@/components/panel.tsx";
import { Status } from "@/components/status.tsx";
import { happeningWords, ownerWords } from "@/lib/happening-words.ts";

interface Props {
  readonly invoice: Invoice;
  readonly zone: string;
}

/** What became of an invoice, in order: what happened, when, whose doing it was and why, and its state from then on. */
export function InvoiceHistory({ invoice: { history, currency }, zone }: Props) {
  const columns: readonly Column<InvoiceHappening>[] = [
    { head: "What", grow: true, cell: (happening) => <What happening={happening} /> },
    { head: "When", cell: ({ at }) => <Moment at={at} zone={zone} detail="second" /> },
    { head: "By", cell: ({ by }) => <span className="whitespace-nowrap">{ownerWords(by)}</span> },
    {
      head: "Amount",
      end: true,
      cell: ({ amount }) => (amount === undefined ? null : <Money value={amount} currency={currency} />),
    },
    { head: "Then", cell: ({ status }) => <Status status={status} /> },
  ];
  return (
    <Panel name="history" title="History" flush>
      <DataTable label="History" columns={columns} rows={history} rowKey={happeningKey} />
    </Panel>
  );
}

/** Only credit notes happen more than once, each under a reference of its own. */
function happeningKey({ event, recordedAt, reference }: InvoiceHappening): string {
  return `${event} ${recordedAt} ${reference ?? ""}`;
}

function What({ happening: { event, reason, reference } }: { readonly happening: InvoiceHappening }) {
  return (
    <span className="text-ink">
      {happeningWords(event)}
      {reason || reference ? (
        <span className="block text-xs text-soft [overflow-wrap:anywhere]">
          {reason}
          {reason && reference ? " · " : ""}
          {reference}
        </span>
      ) : null}
    </span>
  );
}
