import type { Invoice } from "@farthing/sdk";
import Link from "next/link";
import { CopyButton } from "@/components/copy-button.tsx";
import { Facts } from "@/components/facts.tsx";
import { Moment } from "@/components/moment.tsx";
import { Money } from "@/components/money.tsx";
import { Panel } from "@/components/panel.tsx";
import { Period } from "@/components/period.tsx";
import { Quantity } from "@/components/quantity.tsx";

interface Props {
  readonly invoice: Invoice;
  readonly zone: string;
}

/** Whose invoice it is, what is due of it and when, by which settlement it was sealed, and the digests of what it rests on. */
export function InvoiceFacts({ invoice, zone }: Props) {
  const { id, number, customer, period, settlement, sealedAt, due, dueAt, currency, events, root, digest } = invoice;
  return (
    <Panel name="facts" title="Details">
      <Facts
        facts={[
          ["Number", number ?? "None: it asks for nothing"],
          ["Customer", <Inner key="customer" path={`/customers/${encodeURIComponent(customer)}`} text={customer} />],
          ["Period", <Period key="period" period={period} zone={zone} />],
          ["Due", <Money key="due" value={due} currency={currency} />],
          ["To be paid by", dueAt ? <Moment key="by" at={dueAt} zone={zone} /> : "no date"],
          ["Sealed", <Moment key="sealed" at={sealedAt} zone={zone} detail="second" />],
          [
            "Settlement",
            <Inner key="settlement" path={`/settlements/${encodeURIComponent(settlement)}`} text={settlement} />,
          ],
          ["Events", <Quantity key="events" value={String(events)} />],
          ["Id", <Digest key="id" text={id} name="Copy the id" />],
          [
            "PDF digest",
            digest ? <Digest key="digest" text={digest} name="Copy the SHA-256 of the PDF" /> : "no document",
          ],
          ["Root", <Digest key="root" text={root} name="Copy the root of the customer's log" />],
        ]}
      />
    </Panel>
  );
}

function Inner({ path, text }: { readonly path: string; readonly text: string }) {
  return (
    <Link href={path} prefetch={false} className="link [overflow-wrap:anywhere]">
      {text}
    </Link>
  );
}

function Digest({ text, name }: { readonly text: string; readonly name: string }) {
  return (
    <span className="flex min-w-0 items-center gap-1 py-0.5">
      <code className="truncate font-mono text-xs" title={text}>
        {text}
      </code>
      <CopyButton text={text} name={name} />
    </span>
  );
}
