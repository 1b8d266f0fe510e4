import type { DraftInvoice } from "@farthing/sdk";
import { Moment } from "@/components/moment.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed, NoResults } from "@/components/states.tsx";
import { getMerchant, listSubscriptions, merchantZone } from "@/lib/api.ts";
import { getDrafts } from "@/lib/api-invoices.ts";
import { draftUntil } from "@/lib/draft-until.ts";
import { DraftLines } from "./draft-lines.tsx";

interface Props {
  readonly customer: string;
  /** The zone of the customer's own periods, where it has one. */
  readonly timezone: string | undefined;
}

/** The invoices that a settlement would seal now, with every event that was accepted before the page was read. */
export async function CustomerDraft({ customer, timezone }: Props) {
  const [answer, zone] = await Promise.all([getDrafts(customer), merchantZone()]);
  if (!answer.ok) return <Failed what="the draft invoice" problem={answer.problem} />;
  const { invoices, asOf } = answer.value;
  if (invoices.length === 0) {
    return (
      <div data-panel="draft">
        <h2 className="mb-2 text-base font-semibold">Draft invoice</h2>
        <NoResults>Nothing is over to be billed: every event so far is on an invoice.</NoResults>
      </div>
    );
  }
  const until = await sealsAt(customer, timezone ?? zone, asOf);
  return (
    <div className="grid grid-cols-1 gap-6">
      {invoices.map((invoice) => (
        <Panel key={invoice.id} name="draft" title={`Draft invoice in ${invoice.currency}`} flush>
          <Banner invoice={invoice} asOf={asOf} until={until} zone={zone} />
          <DraftLines invoice={invoice} />
        </Panel>
      ))}
    </div>
  );
}

/** When the schedule seals it; nothing where that cannot be told from what the console reads. */
async function sealsAt(customer: string, timezone: string, now: string): Promise<string | undefined> {
  const [subscriptions, merchant] = await Promise.all([listSubscriptions(customer), getMerchant()]);
  if (!subscriptions.ok || !merchant.ok) return undefined;
  const periods = subscriptions.value.items.filter(({ status }) => status === "active");
  return draftUntil({ now, periods, timezone, graceHours: merchant.value.graceHours ?? 0 });
}

interface BannerProps {
  readonly invoice: DraftInvoice;
  readonly asOf: string;
  readonly until: string | undefined;
  readonly zone: string;
}

function Banner({ invoice: { becomes }, asOf, until, zone }: BannerProps) {
  return (
    <p
      data-draft={becomes}
      className="rounded-t-lg border-b border-line bg-warn-ground px-4 py-3 text-sm text-body sm:px-5"
    >
      <strong className="text-warn">
        Draft, updates until {until === undefined ? "its period is sealed" : <Moment at={until} zone={zone} />}.
      </strong>{" "}
      It holds every event accepted before <Moment at={asOf} zone={zone} detail="second" />.
      {becomes === "carried" ? " As it stands, it would be carried to the next invoice." : ""}
    </p>
  );
}
