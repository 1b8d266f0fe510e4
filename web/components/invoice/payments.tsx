import type { Collection, Invoice } from "@farthing/sdk";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Moment } from "@/components/moment.tsx";
import { Money } from "@/components/money.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed, NoResults } from "@/components/states.tsx";
import { Status } from "@/components/status.tsx";
import { getCollection } from "@/lib/api-invoices.ts";
import { type PaymentRow, paymentRows } from "@/lib/payment-rows.ts";

interface Props {
  readonly invoice: Invoice;
  readonly zone: string;
}

/** Every try to collect an invoice and what came of it, what was given back, and what was paid outside. */
export async function Payments({ invoice, zone }: Props) {
  const answer = await getCollection(invoice.id);
  if (!answer.ok) return <Failed what="the payments" problem={answer.problem} />;
  const collection = answer.value;
  const rows = paymentRows(collection, invoice.history);
  if (collection === undefined && rows.length === 0) {
    return (
      <div data-panel="payments">
        <h2 className="mb-2 text-base font-semibold">Payments</h2>
        <NoResults>Nothing was paid, and no payment provider collects this invoice.</NoResults>
      </div>
    );
  }
  return (
    <Panel name="payments" title="Payments" flush actions={collection && <Standing {...{ collection, zone }} />}>
      {rows.length === 0 ? (
        <p className="p-4 text-sm text-soft sm:px-5">It was not tried yet.</p>
      ) : (
        <DataTable
          label="Payments"
          columns={columnsOf(invoice.currency, zone)}
          rows={rows}
          rowKey={({ at, state, reference }) => `${at} ${state} ${reference ?? ""}`}
        />
      )}
    </Panel>
  );
}

function columnsOf(currency: string, zone: string): readonly Column<PaymentRow>[] {
  return [
    { head: "When", cell: ({ at }) => <Moment at={at} zone={zone} detail="second" /> },
    { head: "State", cell: ({ state }) => <Status status={state} /> },
    {
      head: "Amount",
      end: true,
      cell: ({ amount }) => (amount === undefined ? null : <Money value={amount} currency={currency} />),
    },
    { head: "Fee", end: true, cell: ({ fee }) => fee && <Money {...fee} /> },
    {
      head: "Reference",
      grow: true,
      cell: ({ reference }) => <code className="font-mono text-xs [overflow-wrap:anywhere]">{reference}</code>,
    },
  ];
}

/** Where the collection stands, and when it is looked at next. */
function Standing({ collection, zone }: { readonly collection: Collection; readonly zone: string }) {
  const { status, dueAt, reason } = collection;
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-sm text-soft">
      <Status status={status} />
      {reason ? <code className="font-mono text-xs">{reason}</code> : null}
      {dueAt ? (
        <span>
          looked at next <Moment at={dueAt} zone={zone} />
        </span>
      ) : null}
    </p>
  );
}
