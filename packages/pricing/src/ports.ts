import type { MerchantId } from "@farthing/money";
import type { Plan } from "./plan.ts";

/** Names one plan of a merchant. */
export interface PlanName {
  readonly merchant: MerchantId;
  readonly key: string;
}

/** Some plans of a list, and after which key it goes on. */
export interface PlanPage {
  readonly items: readonly Plan[];
  readonly next?: string;
}

/** Where plans are kept: every version for ever. Every read is strong. */
export interface Plans {
  /** The newest version of a plan. */
  currentPlan(name: PlanName): Promise<Plan | undefined>;
  /** One version of a plan. */
  planAt(name: PlanName, version: number): Promise<Plan | undefined>;
  /** Adds the version after the newest; "taken" where another writer was first, who may ask for the newest again. */
  addPlan(plan: Plan): Promise<"added" | "taken">;
  /** Plans of a merchant in their newest versions, in order of their keys. */
  plans(merchant: MerchantId, page: { readonly limit: number; readonly after?: string | undefined }): Promise<PlanPage>;
}

/** What pricing asks about meters. */
export interface MeterCatalogue {
  /** The names that each of the merchant's meters groups by, by the meter's key. */
  meterGroups(merchant: MerchantId): Promise<ReadonlyMap<string, readonly string[]>>;
}
