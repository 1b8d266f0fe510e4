import type { Page, Settlement } from "@farthing/sdk";
import { Pager } from "@/components/pager.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed, FirstUse } from "@/components/states.tsx";
import type { Answer } from "@/lib/api.ts";
import { settleCommand } from "@/lib/commands.ts";
import type { QueryValues } from "@/lib/search.ts";
import { SettlementTable } from "./settlement-table.tsx";

interface Props {
  readonly settlements: Answer<Page<Settlement>>;
  readonly query: QueryValues;
  readonly zone: string;
}

/** A page of settlements, or what stands in its place. */
export function SettlementList({ settlements, query, zone }: Props) {
  if (!settlements.ok) return <Failed what="the settlements" problem={settlements.problem} />;
  const { items, nextCursor } = settlements.value;
  if (items.length === 0 && !query.cursor) {
    return (
      <FirstUse title="No settlement yet" command={settleCommand(new Date().toISOString().slice(0, 10))}>
        Settlements run by themselves when a customer's period ends. One can be asked for at any time.
      </FirstUse>
    );
  }
  return (
    <Panel name="settlements" flush>
      <SettlementTable settlements={items} zone={zone} />
      <Pager path="/settlements" query={query} shown={items.length} nextCursor={nextCursor} thing="settlement" />
    </Panel>
  );
}
