import type { Metadata } from "next";
import { PageHeader } from "@/components/page-header.tsx";
import { WebhookList } from "@/components/webhook/webhook-list.tsx";
import { merchantZone } from "@/lib/api.ts";
import { listWebhooks } from "@/lib/api-webhooks.ts";
import { readQuery, type SearchParams } from "@/lib/search.ts";

export const metadata: Metadata = { title: "Webhooks" };

/** The addresses that are told what happens, and whether that works. */
export default async function WebhooksPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const [query, zone] = await Promise.all([readQuery(searchParams), merchantZone()]);
  return (
    <>
      <PageHeader title="Webhooks" />
      <WebhookList webhooks={await listWebhooks({ cursor: query.cursor })} query={query} zone={zone} />
    </>
  );
}
