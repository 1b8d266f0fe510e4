import type { Metadata } from "next";
import { PageHeader } from "@/components/page-header.tsx";
import { Failed } from "@/components/states.tsx";
import { DeliveryList } from "@/components/webhook/delivery-list.tsx";
import { WebhookFacts } from "@/components/webhook/webhook-facts.tsx";
import { WebhookState } from "@/components/webhook/webhook-state.tsx";
import { getMerchant, merchantZone, orNotFound } from "@/lib/api.ts";
import { getWebhook, listDeliveries } from "@/lib/api-webhooks.ts";
import { readQuery, type SearchParams } from "@/lib/search.ts";

export const metadata: Metadata = { title: "Webhook" };

interface Props {
  readonly params: Promise<{ readonly webhook: string }>;
  readonly searchParams: SearchParams;
}

/** One webhook and its delivery log; the address holds the status that is looked for and the message that stands open. */
export default async function WebhookPage({ params, searchParams }: Props) {
  const id = decodeURIComponent((await params).webhook);
  const [query, zone, merchant] = await Promise.all([readQuery(searchParams), merchantZone(), getMerchant()]);
  const { status, cursor } = query;
  const [answer, deliveries] = await Promise.all([getWebhook(id), listDeliveries(id, { status, cursor })]);
  const found = orNotFound(answer);
  if (!found.ok) return <Failed what="the webhook" problem={found.problem} />;
  const mayReplay = merchant.ok && merchant.value.roles.includes("admin");
  return (
    <>
      <PageHeader
        title={found.value.url}
        parent={{ name: "Webhooks", path: "/developers/webhooks" }}
        note={<WebhookState webhook={found.value} />}
      />
      <div className="grid grid-cols-1 gap-8">
        <WebhookFacts webhook={found.value} zone={zone} />
        <DeliveryList webhook={found.value} {...{ deliveries, query, zone, mayReplay }} />
      </div>
    </>
  );
}
