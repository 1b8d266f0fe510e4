import type { Settlement } from "@farthing/sdk";
import { Facts } from "@/components/facts.tsx";
import { Moment } from "@/components/moment.tsx";
import { Panel } from "@/components/panel.tsx";
import { Quantity } from "@/components/quantity.tsx";

interface Props {
  readonly settlement: Settlement;
  readonly zone: string;
}

/** When a settlement ran, and for how many. */
export function SettlementFacts({ settlement, zone }: Props) {
  const { id, through, customers, invoices, createdAt, finishedAt, dryRun } = settlement;
  return (
    <Panel name="facts" title="Details">
      <Facts
        facts={[
          ["Through", <Moment key="through" at={through} zone={zone} detail="second" />],
          ["Customers", <Quantity key="customers" value={String(customers)} />],
          ["Invoices", <Quantity key="invoices" value={String(invoices)} />],
          ["Begun", <Moment key="begun" at={createdAt} zone={zone} detail="second" />],
          ["Finished", finishedAt ? <Moment key="finished" at={finishedAt} zone={zone} detail="second" /> : "not yet"],
          ["Kind", dryRun ? "dry run: nothing is sealed" : "seals its customers"],
          [
            "Id",
            <code key="id" className="font-mono text-xs">
              {id}
            </code>,
          ],
        ]}
      />
    </Panel>
  );
}
