import type { Metadata } from "next";
import { PageHeader } from "@/components/page-header.tsx";
import { MeterList } from "@/components/usage/meter-list.tsx";
import { listMeters, merchantZone } from "@/lib/api.ts";

export const metadata: Metadata = { title: "Meters" };

/** How events become quantities. */
export default async function MetersPage() {
  const [meters, zone] = await Promise.all([listMeters(), merchantZone()]);
  return (
    <>
      <PageHeader
        title="Meters"
        note="How events become quantities. A meter also takes what was stored before it and is not billed yet."
      />
      <MeterList meters={meters} zone={zone} />
    </>
  );
}
