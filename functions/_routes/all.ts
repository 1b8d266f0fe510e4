import type { Route } from "../_kit/route.ts";
import * as access from "./access.ts";
import * as backfillPreview from "./backfill-preview.ts";
import * as backfills from "./backfills.ts";
import * as collections from "./collections.ts";
import * as corrections from "./corrections.ts";
import * as coupons from "./coupons.ts";
import * as creditNotes from "./credit-notes.ts";
import * as customerCoupons from "./customer-coupons.ts";
import * as customerHistory from "./customer-history.ts";
import * as customers from "./customers.ts";
import * as events from "./events.ts";
import * as grants from "./grants.ts";
import * as invoiceChanges from "./invoice-changes.ts";
import * as invoices from "./invoices.ts";
import * as ledger from "./ledger.ts";
import * as metering from "./metering.ts";
import * as pricing from "./pricing.ts";
import * as settlements from "./settlements.ts";
import * as shards from "./shards.ts";
import * as subscriptions from "./subscriptions.ts";
import * as taxRates from "./tax-rates.ts";
import * as webhookDeliveries from "./webhook-deliveries.ts";
import * as webhooks from "./webhooks.ts";

/** A route under its name, which is its use case's. */
export type NamedRoute = Route & { readonly name: string; readonly domain: string };

const domains: Readonly<Record<string, Readonly<Record<string, Route>>>> = {
  access: { ...access, ...webhooks, ...webhookDeliveries },
  billing: {
    ...customers,
    ...subscriptions,
    ...settlements,
    ...invoices,
    ...invoiceChanges,
    ...creditNotes,
    ...collections,
    ...customerHistory,
    ...events,
    ...backfillPreview,
    ...customerCoupons,
  },
  ledger,
  metering: { ...metering, ...corrections, ...backfills, ...shards },
  pricing: { ...pricing, ...coupons, ...taxRates },
  wallet: grants,
};

/** Every route of the API. What a domain's file exports is here by itself. */
export const allRoutes: readonly NamedRoute[] = Object.entries(domains).flatMap(([domain, routes]) =>
  Object.entries(routes).map(([name, route]) => ({ ...route, name, domain })),
);
