import type { TrialBalance as Balance } from "@farthing/sdk";
import { Moment } from "@/components/moment.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed, FirstUse, NoResults } from "@/components/states.tsx";
import type { Answer } from "@/lib/api.ts";
import { settleCommand } from "@/lib/commands.ts";
import { compare } from "@/lib/decimal.ts";
import { AccountTable } from "./account-table.tsx";

interface Props {
  readonly answer: Answer<Balance>;
  /** The instant that was asked for, where one was. */
  readonly at: string | undefined;
  readonly zone: string;
}

/** What every account comes to, currency by currency, and whether debits are credits. */
export function TrialBalance({ answer, at, zone }: Props) {
  if (!answer.ok) return <Failed what="the trial balance" problem={answer.problem} />;
  const balance = answer.value;
  if (balance.accounts.length > 0) return <Currencies balance={balance} at={at} zone={zone} />;
  if (at !== undefined) {
    return (
      <NoResults clear="/ledger">
        Nothing was posted before <Moment at={balance.at} zone={zone} />.
      </NoResults>
    );
  }
  return (
    <FirstUse title="Nothing is posted yet" command={settleCommand(new Date().toISOString().slice(0, 10))}>
      The books are kept by themselves: every settlement is posted once it is done.
    </FirstUse>
  );
}

function Currencies({ balance, at, zone }: Omit<Props, "answer"> & { readonly balance: Balance }) {
  return (
    <div className="grid grid-cols-1 gap-8">
      <Verdict balance={balance} zone={zone} />
      {balance.totals.map((total) => (
        <Panel key={total.currency} name={`books-${total.currency}`} title={total.currency} flush>
          <AccountTable
            total={total}
            accounts={balance.accounts.filter(({ currency }) => currency === total.currency)}
            until={at === undefined ? undefined : balance.at}
          />
        </Panel>
      ))}
    </div>
  );
}

function Verdict({ balance: { totals, at }, zone }: { readonly balance: Balance; readonly zone: string }) {
  const off = totals.filter(({ debit, credit }) => compare(debit, credit) !== 0).map(({ currency }) => currency);
  const whole = off.length === 0;
  return (
    <section
      data-panel="verdict"
      data-balanced={whole}
      className={`rounded-lg border p-4 sm:p-5 ${whole ? "border-good/30 bg-good-ground" : "border-bad/30 bg-bad-ground"}`}
    >
      <p className={`font-medium ${whole ? "text-good" : "text-bad"}`}>
        {whole ? "Debits equal credits in every currency." : `Debits do not equal credits in ${off.join(", ")}.`}
      </p>
      <p className="mt-1 text-sm text-body">
        The books at <Moment at={at} zone={zone} detail="second" />, exact to the last decimal.
      </p>
    </section>
  );
}
