import type { Webhook } from "@farthing/sdk";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/copy-button.tsx";
import { Facts } from "@/components/facts.tsx";
import { Moment } from "@/components/moment.tsx";
import { Panel } from "@/components/panel.tsx";

interface Props {
  readonly webhook: Webhook;
  readonly zone: string;
}

type Fact = readonly [name: string, value: ReactNode];

/** What a webhook is told of, how it is signed, and why it is not told where it is disabled. */
export function WebhookFacts({ webhook, zone }: Props) {
  const { id, description, events, scheme, publicKey, oldUntil, createdAt } = webhook;
  const facts: readonly Fact[] = [
    ...(description ? [["Description", description] as const] : []),
    ["Told of", events === undefined ? "everything" : events.join(", ")],
    ["Signed by", scheme === "v1" ? "a shared secret (v1)" : "Ed25519 (v1a)"],
    ...(publicKey ? [["Public key", <Copied key="key" text={publicKey} name="Copy the public key" />] as const] : []),
    ...(oldUntil ? [["Old secret signs until", <Moment key="old" at={oldUntil} zone={zone} />] as const] : []),
    ...trouble(webhook, zone),
    ["Made", <Moment key="made" at={createdAt} zone={zone} detail="second" />],
    ["Id", <Copied key="id" text={id} name="Copy the id" />],
  ];
  return (
    <Panel name="facts" title="Details">
      <Facts facts={facts} />
    </Panel>
  );
}

function trouble({ failingSince, disabledAt, disabledReason }: Webhook, zone: string): readonly Fact[] {
  return [
    ...(failingSince ? [["Failing since", <Moment key="failing" at={failingSince} zone={zone} />] as const] : []),
    ...(disabledAt ? [["Disabled", <Moment key="disabled" at={disabledAt} zone={zone} />] as const] : []),
    ...(disabledReason ? [["Because", disabledReason.replaceAll("_", " ")] as const] : []),
  ];
}

function Copied({ text, name }: { readonly text: string; readonly name: string }) {
  return (
    <span className="flex min-w-0 items-center gap-1">
      <code className="truncate font-mono text-xs" title={text}>
        {text}
      </code>
      <CopyButton text={text} name={name} />
    </span>
  );
}
