import type { Customer } from "@farthing/sdk";
import { CopyButton } from "@/components/copy-button.tsx";
import { Facts } from "@/components/facts.tsx";
import { Moment } from "@/components/moment.tsx";
import { Panel } from "@/components/panel.tsx";

interface Props {
  readonly customer: Customer;
  readonly zone: string;
}

/** Who the customer is, as far as it was told. */
export function CustomerFacts({ customer, zone }: Props) {
  const { id, email, currency, timezone, known, createdAt, metadata } = customer;
  return (
    <Panel name="facts" title="Details">
      <Facts
        facts={[
          [
            "Id",
            <span key="id" className="inline-flex items-center gap-1 font-mono text-xs">
              {id}
              <CopyButton text={id} name="Copy the id" />
            </span>,
          ],
          ["Email", email ?? "not given"],
          ["Currency", currency ?? "the plan's"],
          ["Time zone", timezone ?? "the merchant's"],
          ["Known by", known ? "the API" : "its events only"],
          ["Known since", <Moment key="seen" at={createdAt} zone={zone} />],
          ...Object.entries(metadata ?? {}),
        ]}
      />
    </Panel>
  );
}
