import type { LedgerAccount, LedgerTotal } from "@farthing/sdk";
import Link from "next/link";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { alignment, Money } from "@/components/money.tsx";
import { sum } from "@/lib/decimal.ts";
import { href } from "@/lib/search.ts";

interface Props {
  readonly accounts: readonly LedgerAccount[];
  readonly total: LedgerTotal;
  /** The instant of the balance where it is not now; an account's page then ends there too. */
  readonly until: string | undefined;
}

const parts = [
  ["Debit", "debit"],
  ["Credit", "credit"],
  ["Balance", "balance"],
] as const;

/** The accounts of a currency; their balances sum to zero, which the foot shows. Each row leads to its entries. */
export function AccountTable({ accounts, total, until }: Props) {
  const sums = { ...total, balance: sum(accounts.map(({ balance }) => balance)) };
  const aligned = (part: "debit" | "credit" | "balance") =>
    alignment([...accounts, sums].map((row) => ({ value: row[part], currency: row.currency })));
  const columns: readonly Column<LedgerAccount>[] = [
    { head: "Account", grow: true, cell: (account) => <Open account={account} until={until} /> },
    ...parts.map(([head, part]) => {
      const align = aligned(part);
      const cell = (account: LedgerAccount) => (
        <Money value={account[part]} currency={account.currency} align={align} />
      );
      return { head, end: true, cell };
    }),
  ];
  const foot = (
    <tr className="font-medium" data-sum={total.currency}>
      <th scope="row" className={`${footStyle} pl-4 text-left text-ink sm:pl-5`}>
        Sum
      </th>
      {parts.map(([head, part]) => (
        <td key={head} className={`${footStyle} text-right last:pr-4 sm:last:pr-5`}>
          <Money value={sums[part]} currency={total.currency} align={aligned(part)} />
        </td>
      ))}
    </tr>
  );
  const label = `Accounts in ${total.currency}`;
  return <DataTable label={label} columns={columns} rows={accounts} rowKey={({ id }) => id} foot={foot} />;
}

const footStyle = "border-t border-line-strong px-3 py-2.5";

function Open({
  account: { id, type },
  until,
}: {
  readonly account: LedgerAccount;
  readonly until: string | undefined;
}) {
  return (
    <Link
      href={href(`/ledger/accounts/${encodeURIComponent(id)}`, { to: until })}
      prefetch={false}
      className="row-link whitespace-nowrap"
    >
      <span className="inline-block first-letter:uppercase">{type.replaceAll("_", " ")}</span>
    </Link>
  );
}
