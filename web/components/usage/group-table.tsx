import Link from "next/link";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Panel } from "@/components/panel.tsx";
import { Quantity } from "@/components/quantity.tsx";
import { otherLabel, type Series, type UsageSeries } from "@/lib/usage-series.ts";

interface Props {
  readonly by: string;
  readonly unit: string;
  readonly groups: UsageSeries;
}

/** The groups of a range, largest first; those that are not named are added up, so the table's total is the chart's. */
export function GroupTable({ by, unit, groups }: Props) {
  const columns: readonly Column<Series>[] = [
    { head: by, grow: true, cell: ({ label }) => <Name by={by} label={label} /> },
    { head: "Total", end: true, cell: ({ total }) => <Quantity value={total} unit={unit} /> },
  ];
  const foot = (
    <tr className="font-medium">
      <th scope="row" className="border-t border-line-strong px-4 py-2.5 text-left text-ink sm:pl-5">
        All
      </th>
      <td className="border-t border-line-strong py-2.5 pl-3 pr-4 text-right sm:pr-5">
        <Quantity value={groups.total} unit={unit} />
      </td>
    </tr>
  );
  return (
    <Panel name="groups" title={`By ${by}`} flush>
      <DataTable
        label={`Usage by ${by}`}
        columns={columns}
        rows={groups.series}
        rowKey={({ label }) => label}
        foot={foot}
      />
    </Panel>
  );
}

function Name({ by, label }: { readonly by: string; readonly label: string }) {
  if (by !== "customer" || label === otherLabel) return label;
  return (
    <Link
      href={`/customers/${encodeURIComponent(label)}`}
      prefetch={false}
      className="row-link [overflow-wrap:anywhere]"
    >
      {label}
    </Link>
  );
}
