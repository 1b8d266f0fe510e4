import { startCloud } from "./cloud.ts";
import type { CloudOptions } from "./wiring.ts";

/**
 * The cloud as a process of its own: its parent sends the options, hears the addresses, and may end it at any moment.
 * It does not outlive its parent, which would leave the port taken.
 */
async function main(options: CloudOptions): Promise<void> {
  const cloud = await startCloud({ ...options, log: (line) => console.log(line) });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void cloud.stop().finally(() => process.exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  process.send?.({ api: cloud.api, control: cloud.control });
}

process.once("disconnect", () => process.exit(1));
process.once("message", (options: CloudOptions) => {
  main(options).catch((error: unknown) => {
    process.send?.({ failed: error instanceof Error ? error.message : String(error) }, () => process.exit(1));
  });
});
