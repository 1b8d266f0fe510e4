import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Rail } from "@/components/frame/rail.tsx";
import { RailDrawer } from "@/components/frame/rail-drawer.tsx";
import { TopBar } from "@/components/frame/top-bar.tsx";
import { getMerchant } from "@/lib/api.ts";

/** Titles read "Page · Merchant · Farthing". */
export async function generateMetadata(): Promise<Metadata> {
  const merchant = await getMerchant();
  const name = merchant.ok ? `${merchant.value.name} · Farthing` : "Farthing";
  return { title: { template: `%s · ${name}`, default: name } };
}

/** The frame of every page but sign-in. It stands even while the API does not answer; the page says what failed. */
export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const merchant = await getMerchant();
  const { name, timezone } = merchant.ok ? merchant.value : { name: "Farthing", timezone: "UTC" };
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a href="#content" className="button sr-only focus:not-sr-only focus:fixed focus:left-3 focus:top-2 focus:z-50">
        Skip to the content
      </a>
      <aside className="sticky top-0 hidden h-dvh border-r border-line bg-rail lg:block">
        <Rail />
      </aside>
      <div className="flex min-w-0 flex-col">
        <TopBar
          name={name}
          zone={timezone}
          menu={
            <RailDrawer>
              <Rail />
            </RailDrawer>
          }
        />
        <main id="content" className="mx-auto w-full max-w-6xl px-4 py-6 sm:px-8 sm:py-8">
          {children}
        </main>
      </div>
    </div>
  );
}
