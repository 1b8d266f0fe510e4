import { type StripeHttpOptions, startStripe } from "./http.ts";

/** What answers for Stripe, as a process of its own: its parent sends the options, hears the address, and may end it at any moment. */
async function main(options: StripeHttpOptions): Promise<void> {
  const running = await startStripe(options);
  const stop = (): void => void running.stop().finally(() => process.exit(0));
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  console.log(`Answers for Stripe on ${running.url}`);
  process.send?.({ url: running.url });
}

process.once("disconnect", () => process.exit(1));
process.once("message", (options: StripeHttpOptions) => {
  main(options).catch((error: unknown) => {
    process.send?.({ failed: error instanceof Error ? error.message : String(error) }, () => process.exit(1));
  });
});
