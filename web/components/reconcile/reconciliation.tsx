import type { Conservation, ConservationGroup } from "@farthing/sdk";
import { Moment } from "@/components/moment.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed, NoResults } from "@/components/states.tsx";
import { Stats } from "@/components/stats.tsx";
import { type Answer, getConservation } from "@/lib/api.ts";
import { grouped } from "@/lib/decimal.ts";
import { outcomes } from "@/lib/event-choice.ts";
import type { Range } from "@/lib/ranges.ts";
import { Count, OutcomeTable } from "./outcome-table.tsx";

interface Props {
  readonly range: Range;
  readonly zone: string;
}

/** Whether what was sent is what was counted: in all, by customer and by meter. */
export async function Reconciliation({ range, zone }: Props) {
  const [customers, meters] = await Promise.all([getConservation(range, "customer"), getConservation(range, "meter")]);
  if (!customers.ok) return <Failed what="the report" problem={customers.problem} />;
  const report = customers.value;
  return (
    <div className="grid grid-cols-1 gap-6">
      <Verdict report={report} zone={zone} />
      <Panel name="parts" title="What became of accepted events" flush>
        <Stats
          stats={outcomes.map((outcome) => ({
            name: outcome.slice(0, 1).toUpperCase() + outcome.slice(1),
            value: <Count count={report[outcome]} link={report.events} outcome={outcome} />,
          }))}
        />
      </Panel>
      <Groups what="customer" answer={customers} nameOf={({ customer = "" }) => customer} />
      <Groups what="meter" answer={meters} nameOf={({ meter = "" }) => meter} />
    </div>
  );
}

function Verdict({ report, zone }: { readonly report: Conservation; readonly zone: string }) {
  const { accepted, gap, rejected = 0, check } = report;
  const whole = gap === 0 && (check?.gaps.length ?? 0) === 0;
  const number = (count: number) => <data value={count}>{grouped(String(count))}</data>;
  return (
    <section
      data-panel="verdict"
      data-gap={gap}
      className={`rounded-lg border p-4 sm:p-5 ${whole ? "border-good/30 bg-good-ground" : "border-bad/30 bg-bad-ground"}`}
    >
      <p className={`font-medium ${whole ? "text-good" : "text-bad"}`}>
        {whole ? "Every event is accounted for." : "Some events are missing, or counted twice."}
      </p>
      <p className="mt-1 text-sm text-body">
        {number(accepted + rejected)} posted = {number(accepted)} accepted + {number(rejected)} rejected; accepted less
        its parts leaves {number(gap)}.
      </p>
      <p className="mt-1 text-sm text-body">
        {check ? (
          <>
            Checked by itself at <Moment at={check.checkedAt} zone={zone} detail="second" />, every hour before{" "}
            <Moment at={check.through} zone={zone} />
            {check.gaps.length === 0 ? ": no gap." : ":"}
          </>
        ) : (
          "The hourly check has not run yet."
        )}
        {check?.gaps.map(({ from, gap: missing }) => (
          <span key={from} className="block text-bad">
            {number(missing)} in the hour of <Moment at={from} zone={zone} />
          </span>
        ))}
      </p>
    </section>
  );
}

interface GroupsProps {
  readonly what: "customer" | "meter";
  readonly answer: Answer<Conservation>;
  readonly nameOf: (group: ConservationGroup) => string;
}

function Groups({ what, answer, nameOf }: GroupsProps) {
  if (!answer.ok) return <Failed what={`the report by ${what}`} problem={answer.problem} />;
  const { groups = [] } = answer.value;
  // Those that do not add up come first.
  const ordered = groups.toSorted((a, b) => Math.abs(b.gap ?? 0) - Math.abs(a.gap ?? 0) || b.accepted - a.accepted);
  if (ordered.length === 0) return <NoResults>No {what} has events in this range.</NoResults>;
  const shown = ordered.slice(0, 100);
  const note = ordered.length > shown.length ? `The first 100 of ${grouped(String(ordered.length))}.` : undefined;
  return (
    <Panel name={`by-${what}`} title={`By ${what}`} note={note} flush>
      <OutcomeTable
        label={`By ${what}`}
        head={what === "meter" ? "Meter" : "Customer"}
        groups={shown}
        nameOf={nameOf}
      />
    </Panel>
  );
}
