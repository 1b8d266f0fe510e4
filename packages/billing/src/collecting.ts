import type { Books } from "@farthing/ledger";
import type { Clock } from "@farthing/money";
import type { AccountLog } from "./account-log.ts";
import type { CollectionQueue, CollectionRuns, Collections, RailCustomers } from "./collection.ts";
import type { CollectionPolicies } from "./collection-settings.ts";
import type { Customers } from "./customer.ts";
import type { InvoiceNumbers } from "./invoice-numbers.ts";
import type { Mailer, PayLinks } from "./mailer.ts";
import type { Sellers } from "./party.ts";
import type { PaymentRail } from "./payment-rail.ts";
import type { RailCurrencies } from "./rail-currency.ts";
import type { Seals } from "./seal.ts";
import type { InvoiceIndex } from "./settlement.ts";

/** What collecting needs. */
export interface CollectingStores {
  readonly collections: Collections;
  readonly runs: CollectionRuns;
  readonly railCustomers: RailCustomers;
  readonly policies: CollectionPolicies;
  /** The rail of a merchant's account; undefined is the account that the rail's key belongs to. */
  readonly rail: (account: string | undefined) => PaymentRail;
  readonly currencies: RailCurrencies;
  readonly seals: Seals;
  readonly invoices: Pick<InvoiceIndex, "invoicesOfSettlement">;
  readonly numbers: Pick<InvoiceNumbers, "issued">;
  readonly customers: Pick<Customers, "customer">;
  readonly sellers: Sellers;
  readonly account: AccountLog;
  readonly books: Books;
  readonly mailer: Mailer;
  readonly links: PayLinks;
  readonly queue: CollectionQueue;
  readonly clock: Clock;
}
