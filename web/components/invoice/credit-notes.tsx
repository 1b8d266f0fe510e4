import type { CreditNote, Invoice } from "@farthing/sdk";
import { Download } from "lucide-react";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Moment } from "@/components/moment.tsx";
import { alignment, Money } from "@/components/money.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed } from "@/components/states.tsx";
import { listCreditNotes } from "@/lib/api-invoices.ts";

interface Props {
  readonly invoice: Invoice;
  readonly zone: string;
}

const ways: Record<CreditNote["as"], string> = {
  due: "off what is due",
  refund: "as a refund",
  carry: "on the next invoice",
};

/** What was given back of an invoice; nothing stands here where nothing was. */
export async function CreditNotes({ invoice, zone }: Props) {
  const answer = await listCreditNotes(invoice.id);
  if (!answer.ok) return <Failed what="the credit notes" problem={answer.problem} />;
  const { items, nextCursor } = answer.value;
  if (items.length === 0) return null;
  const note = nextCursor ? `The newest ${items.length}; more stand before them.` : undefined;
  return (
    <Panel name="credit-notes" title="Credit notes" note={note} flush>
      <DataTable label="Credit notes" columns={columnsOf(items, zone)} rows={items} rowKey={({ id }) => id} />
    </Panel>
  );
}

function columnsOf(notes: readonly CreditNote[], zone: string): readonly Column<CreditNote>[] {
  const align = alignment(notes.map(({ exact, currency }) => ({ value: exact, currency })));
  return [
    { head: "Number", cell: ({ number, id }) => number ?? <code className="font-mono text-xs">{id}</code> },
    { head: "Reason", grow: true, cell: ({ reason }) => <span className="[overflow-wrap:anywhere]">{reason}</span> },
    { head: "Made", cell: ({ createdAt }) => <Moment at={createdAt} zone={zone} /> },
    { head: "Given back", cell: (note) => <span className="whitespace-nowrap">{ways[note.as]}</span> },
    {
      head: "Exact",
      end: true,
      cell: ({ exact, currency }) => <Money value={exact} currency={currency} align={align} />,
    },
    { head: "Total", end: true, cell: ({ total, currency }) => <Money value={total} currency={currency} /> },
    { head: "Document", cell: (note) => <Document note={note} /> },
  ];
}

function Document({ note: { id, number } }: { readonly note: CreditNote }) {
  if (number === undefined) return null;
  return (
    <a href={`/credit-notes/${encodeURIComponent(id)}/pdf`} download className="link inline-flex items-center gap-1">
      <Download className="size-3.5" aria-hidden />
      <span className="sr-only">Credit note {number} as </span>PDF
    </a>
  );
}
