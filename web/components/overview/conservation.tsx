import { LinkTabs } from "@/components/link-tabs.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed } from "@/components/states.tsx";
import { grouped } from "@/lib/decimal.ts";
import { isRangeId, type RangeId, rangeNames } from "@/lib/ranges.ts";
import { recentConservation } from "@/lib/recent.ts";
import { href } from "@/lib/search.ts";
import { Shares } from "./shares.tsx";

const parts = [
  { name: "billed", words: "Billed", means: "on a sealed invoice" },
  { name: "open", words: "Open", means: "not yet sealed" },
  { name: "free", words: "Free", means: "counted, and cost nothing" },
  { name: "duplicate", words: "Duplicate", means: "a copy of one that counts" },
  { name: "unmetered", words: "Unmetered", means: "no meter takes its type" },
  { name: "voided", words: "Voided", means: "taken back" },
  { name: "conflict", words: "Conflict", means: "a copy with other content" },
] as const;

/** The proof that no event was lost or counted twice: the parts add up to what was accepted, with no gap. */
export async function Conservation({ range }: { readonly range: RangeId }) {
  const answer = await recentConservation(range);
  if (!answer.ok) return <Failed what="the conservation report" problem={answer.problem} />;

  const report = answer.value;
  const whole = report.gap === 0;
  return (
    <Panel name="conservation" title="Where every event went" actions={<Ranges current={range} />}>
      <p className="mb-4 max-w-prose text-sm text-soft">
        <Gap gap={report.gap} />{" "}
        {whole
          ? `Each of the ${grouped(String(report.accepted))} accepted events is in exactly one of these parts.`
          : "The parts do not add up to what was accepted. This is an alarm: an event is missing or counted twice."}
      </p>
      <Shares parts={parts.map(({ name, ...words }) => ({ ...words, count: report[name] }))} />
    </Panel>
  );
}

/** Reading a longer range takes longer, since each stored bundle is counted; so it is asked for. */
const reportRanges = ["24h", "7d", "30d"] as const satisfies readonly RangeId[];

/** Reads the range that the address asks the report for. */
export function readReportRange(text: string | undefined): RangeId {
  return isRangeId(text) && reportRanges.some((range) => range === text) ? text : "24h";
}

function Ranges({ current }: { readonly current: RangeId }) {
  const tabs = reportRanges.map((range) => ({
    name: rangeNames[range],
    href: href("/", { report: range === "24h" ? undefined : range }),
    current: range === current,
  }));
  return <LinkTabs label="Range of the report" tabs={tabs} />;
}

function Gap({ gap }: { readonly gap: number }) {
  return (
    <span
      className={`mr-1 rounded px-1.5 py-px text-xs font-medium ${gap === 0 ? "bg-good-ground text-good" : "bg-bad-ground text-bad"}`}
    >
      Gap <data value={gap}>{grouped(String(gap))}</data>
    </span>
  );
}
