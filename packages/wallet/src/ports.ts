import type { CustomerId, MerchantId } from "@farthing/money";
import type { Grant, GrantState } from "./grant.ts";
import type { GrantStep } from "./grant-entries.ts";

/** Whose grants. */
export interface Holder {
  readonly merchant: MerchantId;
  readonly customer: CustomerId;
}

/** Where grants are kept; nothing of one ever changes. Every read is strong. */
export interface Grants {
  /** Adds a grant; "exists" where its id is taken. */
  addGrant(grant: Grant): Promise<"added" | "exists">;
  /** One grant of a customer. */
  grant(holder: Holder, id: string): Promise<Grant | undefined>;
  /** All grants of a customer, in order of their ids. */
  grantsOf(holder: Holder): Promise<readonly Grant[]>;
}

/** What invoices drew: whoever bills tells it. */
export interface Drawings {
  /** The states of a customer's grants as of its newest invoice, by id; a grant that no seal knew is not among them. */
  statesOf(holder: Holder): Promise<ReadonlyMap<string, GrantState>>;
  /** What was done of one grant, oldest first. */
  stepsOf(holder: Holder, grant: string): Promise<readonly GrantStep[]>;
}

/** Whom credit may be granted, and for which meters. */
export interface Holders {
  exists(holder: Holder): Promise<boolean>;
  hasMeter(merchant: MerchantId, key: string): Promise<boolean>;
}
