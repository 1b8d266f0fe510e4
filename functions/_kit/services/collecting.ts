import { merchantKey } from "@farthing/access";
import {
  type CollectingStores,
  type CollectionPolicies,
  type CollectionWorkStores,
  type Mailer,
  type PaySecrets,
  payToken,
  type RailEvents,
  stripeCurrencies,
  unconfiguredRail,
} from "@farthing/billing";
import { dynamoCollections, dynamoRailCustomers, dynamoReconciliations } from "@farthing/billing/dynamo";
import { fileMailer } from "@farthing/billing/mail-files";
import { sesMailer } from "@farthing/billing/ses";
import { stripeEvents, stripeRails } from "@farthing/billing/stripe";
import { accessStores } from "./access.ts";
import { invoices } from "./billing.ts";
import { table } from "./clients.ts";
import { clock } from "./clock.ts";
import { collectionQueue, collectionRuns } from "./collection-queue.ts";
import { env } from "./env.ts";
import { lazy } from "./lazy.ts";
import { sellers } from "./sellers.ts";

export { CollectionMessage } from "@farthing/billing/sqs";

const policies: CollectionPolicies = {
  settings: async (merchant) => (await accessStores().merchants.find(merchant))?.collection,
};

const paySecrets: PaySecrets = async (merchant) => {
  const found = await accessStores().merchants.find(merchant);
  return found === undefined ? undefined : merchantKey(found, "links to pay by");
};

/** Stripe itself, or what answers for it on one machine; without a key nothing is sent, and every collection says so. */
const rail = lazy((): CollectingStores["rail"] => {
  const [secretKey, address] = [env("STRIPE_SECRET_KEY"), env("STRIPE_API_URL")];
  if (secretKey === undefined) return () => unconfiguredRail;
  if (address === undefined) return stripeRails({ secretKey, returnUrl: env("FARTHING_PAID_URL") });
  const { hostname: host, port, protocol } = new URL(address);
  return stripeRails({ secretKey, host, port, protocol: protocol === "http:" ? "http" : "https" });
});

const mailer = lazy((): Mailer => {
  const [folder, from] = [env("FARTHING_MAIL_FOLDER"), env("FARTHING_MAIL_FROM")];
  if (folder !== undefined) return fileMailer(folder);
  return from === undefined ? { send: async () => {} } : sesMailer({ from });
});

/** What reading collections needs. */
export const collections = lazy(() => ({
  collections: dynamoCollections(table("REGISTRY")),
  reconciliations: dynamoReconciliations(table("REGISTRY")),
}));

/** What collecting needs. */
export const collecting = lazy((): CollectionWorkStores & { readonly paySecrets: PaySecrets } => ({
  ...invoices(),
  ...collections(),
  runs: collectionRuns(),
  railCustomers: dynamoRailCustomers(table("REGISTRY")),
  policies,
  rail: rail(),
  currencies: stripeCurrencies,
  sellers: sellers(),
  mailer: mailer(),
  links: {
    linkFor: async (ref) => {
      const secret = await paySecrets(ref.merchant);
      if (secret === undefined) throw new Error("an invoice's merchant does not exist");
      return `${env("FARTHING_PUBLIC_URL")}/v1/pay/${payToken(ref, secret)}`;
    },
  },
  paySecrets,
  queue: collectionQueue(),
  clock,
}));

/** What taking Stripe's events needs. */
export const receiving = lazy((): CollectingStores & { readonly events: RailEvents } => ({
  ...collecting(),
  events: stripeEvents({ secrets: env("STRIPE_WEBHOOK_SECRETS"), clock }),
}));
