import type { App } from "sst/constructs";
import { assertStage } from "./_kit/stage.ts";
import { Access } from "./access.ts";
import { Billing } from "./billing.ts";
import { Ledger } from "./ledger.ts";
import { Metering } from "./metering.ts";
import { Pricing } from "./pricing.ts";
import { Shared } from "./shared.ts";
import { Wallet } from "./wallet.ts";
import { Web } from "./web.ts";

interface Parts {
  /** The console. The local cloud leaves it out: there Next serves the console itself. */
  readonly web: boolean;
}

/** Adds the stacks of the product to an app, each after those that it uses. */
export function farthing(app: App, { web }: Parts): void {
  assertStage(app.stage);
  app.stack(Shared).stack(Access).stack(Metering).stack(Pricing).stack(Billing).stack(Wallet).stack(Ledger);
  if (web) app.stack(Web);
}
