import type { Metadata } from "next";
import { PageHeader } from "@/components/page-header.tsx";
import { ReadAgain } from "@/components/read-again.tsx";
import { SettlementActions } from "@/components/settlement/settlement-actions.tsx";
import { SettlementFacts } from "@/components/settlement/settlement-facts.tsx";
import { SettlementTotals } from "@/components/settlement/settlement-totals.tsx";
import { Failed } from "@/components/states.tsx";
import { Status } from "@/components/status.tsx";
import { getSettlement, merchantZone, orNotFound } from "@/lib/api.ts";
import { timeText } from "@/lib/times.ts";

export const metadata: Metadata = { title: "Settlement" };

interface Props {
  readonly params: Promise<{ readonly settlement: string }>;
}

/** One settlement: how far it is, what it came to in each currency, and its export. */
export default async function SettlementPage({ params }: Props) {
  const id = decodeURIComponent((await params).settlement);
  const [answer, zone] = await Promise.all([getSettlement(id), merchantZone()]);
  const found = orNotFound(answer);
  if (!found.ok) return <Failed what="the settlement" problem={found.problem} />;

  const settlement = found.value;
  const running = settlement.status === "rolling" || settlement.status === "settling";
  return (
    <>
      <PageHeader
        title={`Settlement through ${timeText(settlement.through, zone, "minute")}`}
        parent={{ name: "Settlements", path: "/settlements" }}
        note={<Status status={settlement.status} />}
      >
        <SettlementActions settlement={settlement} />
      </PageHeader>
      {running ? <ReadAgain everyMs={2_000} /> : null}
      <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <SettlementTotals settlement={settlement} />
        <SettlementFacts settlement={settlement} zone={zone} />
      </div>
    </>
  );
}
