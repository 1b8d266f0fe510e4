import { Stack } from "aws-cdk-lib/core";
import { type Stack as SstStack, use } from "sst/constructs";
import { consume } from "./_kit/consume.ts";
import { every } from "./_kit/every.ts";
import { lambda } from "./_kit/lambda.ts";
import { route } from "./_kit/route.ts";
import { Shared, workTimeout } from "./shared.ts";

/** The part of the billing stack in which sealed invoices become payments at Stripe. */
export function collecting(stack: SstStack): void {
  const { api, log, registry, gsi1, collections } = use(Shared);
  const known = { read: [registry] };
  const options = collectingOptions(stack, api.apiEndpoint);
  // A payment is asked for, noted and taken, each stored before the next; what becomes of the invoice is posted in the log.
  const work = { ...options, read: [log, registry], query: [gsi1], write: [log, registry] };

  const page = { ...options, read: [log, registry], write: [registry] };

  route(stack, api, "GET /v1/collections", lambda(stack, "billing/list-collections", { ...known, query: [gsi1] }));
  route(stack, api, "GET /v1/invoices/{id}/collection", lambda(stack, "billing/get-collection", known));
  route(stack, api, "GET /v1/reports/collection", lambda(stack, "billing/report-collection", known));
  // It is let in by a signature, and its link by a seal: neither carries an API key.
  route(stack, api, "POST /v1/stripe/webhooks/{merchant}", lambda(stack, "billing/receive-stripe-event", work));
  route(stack, api, "GET /v1/pay/{token}", lambda(stack, "billing/open-pay-page", page));

  const planning = { ...known, query: [gsi1], send: [collections], timeout: workTimeout };
  every(stack, "cron(5/10 * * * ? *)", lambda(stack, "billing/plan-collections", planning));
  // Half past two in the night of UTC: the day before is over everywhere that is asked about.
  every(stack, "cron(30 2 * * ? *)", lambda(stack, "billing/plan-reconciliations", planning));

  const collect = lambda(stack, "billing/collect", {
    ...work,
    remove: [registry],
    send: [collections],
    timeout: workTimeout,
    rings: { Failed: "a step of collecting failed and will be tried again. Its log says why." },
  });
  // Stripe takes some 100 requests a second: each copy makes about ten.
  consume(stack, collections, collect, { atOnce: 8 });
}

/** What functions that collect are given beside tables: how to reach Stripe, and from where letters go. */
interface CollectingOptions {
  readonly variables: Readonly<Record<string, string>>;
  readonly mailFrom: readonly string[];
}

/**
 * Reads the environment of whoever deploys. Stripe's secrets stay in Secrets Manager: the template holds a reference that
 * CloudFormation resolves as it deploys, so no file and no assembly has them. docs/deploy.md says how they are put there.
 */
function collectingOptions(stack: Stack, apiUrl: string): CollectingOptions {
  const { FARTHING_STRIPE_SECRET: secret, FARTHING_MAIL_FROM: from, FARTHING_PAID_URL: paid } = process.env;
  const resolved = (field: string) => `{{resolve:secretsmanager:${secret}:SecretString:${field}}}`;
  const stripe = { STRIPE_SECRET_KEY: resolved("secretKey"), STRIPE_WEBHOOK_SECRETS: resolved("webhookSecrets") };
  return {
    variables: {
      FARTHING_PUBLIC_URL: apiUrl,
      ...(secret === undefined ? {} : stripe),
      ...(from === undefined ? {} : { FARTHING_MAIL_FROM: from }),
      ...(paid === undefined ? {} : { FARTHING_PAID_URL: paid }),
    },
    mailFrom:
      from === undefined
        ? []
        : [Stack.of(stack).formatArn({ service: "ses", resource: "identity", resourceName: from })],
  };
}
