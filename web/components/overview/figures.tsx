import type { Settlement } from "@farthing/sdk";
import Link from "next/link";
import { Moment } from "@/components/moment.tsx";
import { Money } from "@/components/money.tsx";
import { Quantity } from "@/components/quantity.tsx";
import { Failed } from "@/components/states.tsx";
import { type Stat, Stats } from "@/components/stats.tsx";
import { listSettlements, merchantZone } from "@/lib/api.ts";
import { recentConservation } from "@/lib/recent.ts";

/** The last day in figures: what was accepted, what is still open, and what the last settlement came to. */
export async function Figures() {
  const [events, settlements, zone] = await Promise.all([
    recentConservation("24h"),
    listSettlements({ limit: 5 }),
    merchantZone(),
  ]);
  if (!events.ok) return <Failed what="the figures" problem={events.problem} />;

  const last = settlements.ok
    ? settlements.value.items.find(({ status, dryRun }) => status === "done" && !dryRun)
    : undefined;
  const { accepted, open } = events.value;
  return (
    <div data-state="ready" data-panel="figures">
      <Stats
        stats={[
          { name: "Events accepted", value: <Quantity value={String(accepted)} />, note: "in the last 24 hours" },
          {
            name: "Not yet sealed",
            value: <Quantity value={String(open)} />,
            note: "of these, events for a settlement to come",
          },
          ...(last ? settledStats(last, zone) : []),
        ]}
      />
    </div>
  );
}

function settledStats(last: Settlement, zone: string): readonly Stat[] {
  const link = (
    <Link href={`/settlements/${encodeURIComponent(last.id)}`} className="link">
      last settlement
    </Link>
  );
  const through = (
    <>
      in the {link}, through <Moment at={last.through} zone={zone} />
    </>
  );
  return [
    { name: "Invoiced", value: <Totals settlement={last} part="invoiced" />, note: through },
    { name: "Carried", value: <Totals settlement={last} part="carried" />, note: "left to the next invoices, exactly" },
  ];
}

function Totals({ settlement, part }: { readonly settlement: Settlement; readonly part: "invoiced" | "carried" }) {
  return settlement.totals.map((total) => (
    <div key={total.currency}>
      <Money value={total[part]} currency={total.currency} />
    </div>
  ));
}
