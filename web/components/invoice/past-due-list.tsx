import Link from "next/link";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Moment } from "@/components/moment.tsx";
import { alignment, Money } from "@/components/money.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed, NoResults } from "@/components/states.tsx";
import type { Answer } from "@/lib/api.ts";
import type { PastDue } from "@/lib/api-invoices.ts";
import { grouped } from "@/lib/decimal.ts";
import { type Debt, debtsOf } from "@/lib/past-due.ts";
import { href, type QueryValues } from "@/lib/search.ts";

interface Props {
  readonly answer: Answer<PastDue>;
  readonly query: QueryValues;
  readonly zone: string;
}

/** Who is past due: what each customer owes in each currency, since when, and by which invoices. */
export function PastDueList({ answer, query, zone }: Props) {
  if (!answer.ok) return <Failed what="the invoices past due" problem={answer.problem} />;
  const { invoices, since, more } = answer.value;
  if (invoices.length === 0) return <Nothing query={query} />;
  const debts = debtsOf(invoices, since);
  const note = more
    ? `The first ${grouped(String(invoices.length))} invoices that are past due; more follow.`
    : undefined;
  return (
    <Panel name="past-due" note={note} flush>
      <DataTable
        tall
        label="Customers past due"
        columns={columnsOf(debts, zone)}
        rows={debts}
        rowKey={({ customer, currency }) => `${currency} ${customer}`}
      />
    </Panel>
  );
}

function columnsOf(debts: readonly Debt[], zone: string): readonly Column<Debt>[] {
  const align = alignment(debts.map(({ due, currency }) => ({ value: due, currency })));
  return [
    {
      head: "Customer",
      grow: true,
      cell: ({ customer }) => (
        <Link
          href={`/customers/${encodeURIComponent(customer)}`}
          prefetch={false}
          className="font-medium text-ink hover:text-accent hover:underline [overflow-wrap:anywhere]"
        >
          {customer}
        </Link>
      ),
    },
    { head: "Invoices", cell: (debt) => <Invoices debt={debt} /> },
    { head: "Past due since", cell: ({ since }) => <Moment at={since} zone={zone} /> },
    { head: "Due", end: true, cell: ({ due, currency }) => <Money value={due} currency={currency} align={align} /> },
  ];
}

const mostNamed = 8;

function Invoices({ debt: { customer, invoices } }: { readonly debt: Debt }) {
  const rest = invoices.length - mostNamed;
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {invoices.slice(0, mostNamed).map(({ id, number }) => (
        <Link key={id} href={`/invoices/${encodeURIComponent(id)}`} prefetch={false} className="link">
          {number ?? id}
        </Link>
      ))}
      {rest > 0 ? (
        <Link href={href("/invoices", { customer })} prefetch={false} className="link">
          and {grouped(String(rest))} more
        </Link>
      ) : null}
    </span>
  );
}

function Nothing({ query: { customer, settlement } }: Pick<Props, "query">) {
  const of = [customer && `customer ${customer}`, settlement && `settlement ${settlement}`].filter(Boolean).join(", ");
  return <NoResults clear="/invoices">No invoice{of === "" ? "" : ` of ${of}`} is past due.</NoResults>;
}
