import { err, ok, type Result } from "@farthing/money";
import type { CollectingStores } from "./collecting.ts";
import { isClosed } from "./collection-plan.ts";
import { stepFor } from "./collection-step.ts";
import { ensureRailCustomer } from "./ensure-rail-customer.ts";
import { invoiceId } from "./invoice-id.ts";
import { type PaySecrets, readPayToken } from "./pay-token.ts";
import type { NotFound } from "./read-customers.ts";

/** Why no page is opened. */
export type NoPage = NotFound | { readonly code: "not_collected" | "try_again" };

/**
 * Opens the hosted page behind a link in a letter: the customer saves a card there, and the invoice is paid with it at once.
 * The page itself takes no money: it would be a second way to pay the same invoice.
 *
 * Errors, in this order: `not_found`; `not_collected` where nothing is asked for any more; `try_again` where the rail does
 * not answer.
 */
export async function openPayPage(
  stores: CollectingStores & { readonly paySecrets: PaySecrets },
  token: string,
): Promise<Result<{ readonly url: string }, NoPage>> {
  const ref = await readPayToken(token, stores.paySecrets);
  const step = ref === undefined ? undefined : await stepFor(stores, ref);
  if (step === undefined) return err({ code: "not_found" });
  const { collection, rail } = step;
  if (isClosed(collection)) return err({ code: "not_collected" });
  const customer = await ensureRailCustomer(stores, rail, collection);
  if (customer.kind !== "done") return err({ code: "try_again" });
  const language = (await stores.customers.customer(collection.merchant, collection.customer))?.language ?? "en";
  const metadata = { merchant: collection.merchant, invoice: invoiceId(collection) };
  const page = await rail.openPage({ customer: customer.value, currency: collection.currency, language, metadata });
  return page.kind === "done" ? ok({ url: page.value }) : err({ code: "try_again" });
}
