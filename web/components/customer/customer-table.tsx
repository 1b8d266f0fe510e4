import type { Customer } from "@farthing/sdk";
import Link from "next/link";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Moment } from "@/components/moment.tsx";

interface Props {
  readonly customers: readonly Customer[];
  readonly zone: string;
}

/** Customers by id; each row leads to its customer. */
export function CustomerTable({ customers, zone }: Props) {
  const columns: readonly Column<Customer>[] = [
    { head: "Customer", grow: true, cell: (customer) => <Open customer={customer} /> },
    { head: "Id", cell: ({ id }) => <Id id={id} /> },
    { head: "Currency", cell: ({ currency }) => currency ?? <span className="text-soft">plan's</span> },
    { head: "Zone", cell: ({ timezone }) => timezone ?? <span className="text-soft">merchant's</span> },
    { head: "Known since", end: true, cell: ({ createdAt }) => <Moment at={createdAt} zone={zone} detail="day" /> },
  ];
  return <DataTable tall label="Customers" columns={columns} rows={customers} rowKey={({ id }) => id} />;
}

function Id({ id }: Pick<Customer, "id">) {
  return (
    <span className="block max-w-64 truncate font-mono text-xs text-soft" title={id}>
      {id}
    </span>
  );
}

function Open({ customer: { id, name, known } }: { readonly customer: Customer }) {
  return (
    <>
      <Link
        href={`/customers/${encodeURIComponent(id)}`}
        prefetch={false}
        className="row-link [overflow-wrap:anywhere]"
      >
        <bdi>{name ?? id}</bdi>
      </Link>
      {known ? null : <span className="pl-2 text-xs text-soft">seen in events only</span>}
    </>
  );
}
