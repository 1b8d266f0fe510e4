import { KeyEnvironment } from "@farthing/access";
import * as v from "valibot";

const Name = v.pipe(v.string(), v.minLength(1));

/** The environment variables that functions read; each names something that the stacks made. */
const variables = {
  FARTHING_JOURNAL_TABLE: Name,
  FARTHING_LOG_TABLE: Name,
  FARTHING_REGISTRY_TABLE: Name,
  FARTHING_ROLLS_QUEUE: Name,
  FARTHING_SETTLEMENTS_QUEUE: Name,
  FARTHING_BACKFILLS_QUEUE: Name,
  FARTHING_DELIVERIES_QUEUE: Name,
  /** Whether webhooks may go to this machine itself: the local cloud says so, and no stack. */
  FARTHING_WEBHOOKS_TO_LOOPBACK: v.optional(v.picklist(["true", "false"]), "false"),
  FARTHING_COLLECTIONS_QUEUE: Name,
  /** Where the API is, for links that people follow. */
  FARTHING_PUBLIC_URL: v.pipe(v.string(), v.url()),
  /** Where letters go: a folder on one machine, else SES, from this address. */
  FARTHING_MAIL_FOLDER: v.optional(Name),
  FARTHING_MAIL_FROM: v.optional(v.pipe(v.string(), v.email())),
  STRIPE_SECRET_KEY: v.optional(v.pipe(v.string(), v.regex(/^(?:sk|rk)_/))),
  /** What answers for Stripe on one machine. */
  STRIPE_API_URL: v.optional(v.pipe(v.string(), v.url())),
  /** The secrets of webhooks, with a comma between them; two while one replaces the other. */
  STRIPE_WEBHOOK_SECRETS: v.pipe(
    v.optional(v.string(), ""),
    v.transform((text) => text.split(",").filter((secret) => secret !== "")),
  ),
  /** Where customers go from a hosted page. */
  FARTHING_PAID_URL: v.optional(v.pipe(v.string(), v.url())),
  /** Which kind of API keys this stage makes. */
  FARTHING_KEY_ENVIRONMENT: v.optional(KeyEnvironment, "test"),
};

/** Reads one variable. Errors: throws where it is missing or malformed. */
export function env<Key extends keyof typeof variables>(name: Key): v.InferOutput<(typeof variables)[Key]> {
  const parsed = v.safeParse(variables[name], process.env[name]);
  if (!parsed.success) throw new Error(`the environment variable ${name} is missing or malformed`);
  return parsed.output;
}
