import type { LedgerClose } from "@farthing/sdk";
import Link from "next/link";
import { CopyButton } from "@/components/copy-button.tsx";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Moment } from "@/components/moment.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed, NoResults } from "@/components/states.tsx";
import { merchantZone } from "@/lib/api.ts";
import { listCloses } from "@/lib/api-ledger.ts";
import { href } from "@/lib/search.ts";

/** The closed periods, the newest first; each leads to the balance that it closed with. */
export async function Closes() {
  const [answer, zone] = await Promise.all([listCloses(), merchantZone()]);
  if (!answer.ok) return <Failed what="the closed periods" problem={answer.problem} />;
  const closes = answer.value.items.toReversed();
  if (closes.length === 0) {
    return (
      <div data-panel="closes">
        <h2 className="mb-2 text-base font-semibold">Closed periods</h2>
        <NoResults>No period is closed: whatever is posted is dated as it comes.</NoResults>
      </div>
    );
  }
  return (
    <Panel name="closes" title="Closed periods" flush>
      <DataTable
        label="Closed periods"
        columns={columnsOf(zone)}
        rows={closes}
        rowKey={({ number }) => String(number)}
      />
    </Panel>
  );
}

function columnsOf(zone: string): readonly Column<LedgerClose>[] {
  return [
    { head: "Number", cell: ({ number }) => number },
    {
      head: "Closed before",
      cell: ({ through }) => (
        <Link href={href("/ledger", { at: through })} prefetch={false} className="link">
          <Moment at={through} zone={zone} />
        </Link>
      ),
    },
    { head: "Closed at", cell: ({ closedAt }) => <Moment at={closedAt} zone={zone} /> },
    {
      head: "Digest",
      grow: true,
      cell: ({ digest }) => (
        <span className="flex items-center gap-1">
          <code className="font-mono text-xs" title={digest}>
            {digest.slice(0, 16)}…
          </code>
          <CopyButton text={digest} name="Copy the digest" />
        </span>
      ),
    },
  ];
}
