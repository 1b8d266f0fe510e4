import Link from "next/link";
import { Panel } from "@/components/panel.tsx";
import { SettlementTable } from "@/components/settlement/settlement-table.tsx";
import { Failed, FirstUse } from "@/components/states.tsx";
import { listSettlements, merchantZone } from "@/lib/api.ts";
import { settleCommand } from "@/lib/commands.ts";
import { rangeDays } from "@/lib/ranges.ts";
import { recent } from "@/lib/recent.ts";

/** The newest settlements. */
export async function RecentSettlements() {
  const [settlements, zone] = await Promise.all([listSettlements({ limit: 5 }), merchantZone()]);
  if (!settlements.ok) return <Failed what="the settlements" problem={settlements.problem} />;
  if (settlements.value.items.length === 0) {
    return (
      <FirstUse title="Settle for the first time" command={settleCommand(rangeDays(await recent("7d"), "UTC").through)}>
        Settlements run by themselves when a customer's period ends. One can be asked for at any time.
      </FirstUse>
    );
  }
  return (
    <Panel name="settlements" title="Settlements" flush actions={<All path="/settlements" />}>
      <SettlementTable settlements={settlements.value.items} zone={zone} brief />
    </Panel>
  );
}

function All({ path }: { readonly path: string }) {
  return (
    <Link href={path} className="link text-sm">
      All settlements
    </Link>
  );
}
