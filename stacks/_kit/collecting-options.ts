import { Stack } from "aws-cdk-lib/core";

/** What functions that collect are given beside tables: how to reach Stripe, and from where letters go. */
export interface CollectingOptions {
  readonly variables: Readonly<Record<string, string>>;
  readonly mailFrom: readonly string[];
}

/**
 * Reads the environment of whoever deploys. Stripe's secrets stay in Secrets Manager: the template holds a reference that
 * CloudFormation resolves as it deploys, so no file and no assembly has them. docs/deploy.md says how they are put there.
 */
export function collectingOptions(stack: Stack, apiUrl: string): CollectingOptions {
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
