import { fileURLToPath } from "node:url";
import * as v from "valibot";
import type { StripeHttpOptions } from "../stripe/index.ts";
import type { Started } from "./keep-running.ts";
import { spawnLogged } from "./spawned.ts";

/** The process that answers for Stripe. */
export interface StripeProcess extends Started {
  readonly url: string;
}

/** The secret by which webhooks on this machine are signed: nobody else reaches them. */
const localSecret = "whsec_on_this_machine";

const Said = v.union([v.object({ url: v.string() }), v.object({ failed: v.string() })]);

/** Where webhooks go, and where everything is kept. */
interface StripePlace {
  readonly api: string;
  readonly file: string;
  readonly log: string;
  /** The address of the one before, which the cloud knows. */
  readonly before: StripeProcess | undefined;
}

/**
 * Starts what answers for Stripe in a process of its own.
 *
 * Errors: throws what it said.
 */
export async function startStripeProcess({ api, file, log, before }: StripePlace): Promise<StripeProcess> {
  const main = fileURLToPath(new URL("../stripe/stripe-main.ts", import.meta.url));
  const spawned = spawnLogged([main], log, { env: { ...process.env, TZ: "UTC" }, ipc: true });
  const { child, exited, pid } = spawned;
  const port = before === undefined ? 0 : Number(new URL(before.url).port);
  const endpoint = { url: `${api}/v1/stripe/webhooks/{merchant}`, secrets: [localSecret] };
  const options: Omit<StripeHttpOptions, "clock" | "chance"> = { file, port, endpoint };
  child.send(options);
  const said = await Promise.race([
    new Promise<unknown>((resolve) => child.once("message", resolve)),
    exited.then(() => ({ failed: `what answers for Stripe ended; see ${log}` })),
  ]);
  const parsed = v.parse(Said, said);
  if ("failed" in parsed) {
    await exited;
    throw new Error(parsed.failed);
  }
  return { ...parsed, pid, exited, stop: () => spawned.stop() };
}

/**
 * How functions reach Stripe and where letters go, on this machine: with a key of one's own in the environment it is Stripe
 * itself, else what answers for it here.
 */
export function collectingEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  { stripe, mail }: { readonly stripe: string | undefined; readonly mail: string },
): Readonly<Record<string, string>> {
  const own = env.STRIPE_SECRET_KEY;
  const letters = { FARTHING_MAIL_FOLDER: mail };
  if (own !== undefined && own !== "")
    return { ...letters, STRIPE_SECRET_KEY: own, STRIPE_WEBHOOK_SECRETS: env.STRIPE_WEBHOOK_SECRETS ?? "" };
  if (stripe === undefined) return letters;
  return {
    ...letters,
    STRIPE_SECRET_KEY: "sk_test_on_this_machine",
    STRIPE_API_URL: stripe,
    STRIPE_WEBHOOK_SECRETS: localSecret,
  };
}
