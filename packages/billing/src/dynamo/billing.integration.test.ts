import type { BatchWriteItemCommandInput } from "@aws-sdk/client-dynamodb";
import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { dynamoStatementLog } from "@farthing/metering/dynamo";
import {
  createTestTables,
  documentClient,
  sdkDocuments,
  type TestTableNames,
  testClient,
} from "@farthing/metering/dynamo-test-tables";
import { currency, customerId, merchantId } from "@farthing/money";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { accountLogContract } from "../account-log.contract.ts";
import { chargeIndexesContract } from "../charge-index.contract.ts";
import { collectionContract } from "../collection.contract.ts";
import { conservationChecksContract } from "../conservation-check.contract.ts";
import { couponApplicationsContract } from "../coupon-application.contract.ts";
import { customersContract } from "../customer.contract.ts";
import { invoicesContract } from "../invoice.contract.ts";
import { newsContract, writtenNewsContract } from "../news.contract.ts";
import { numbersContract } from "../numbers.contract.ts";
import { sealsContract } from "../seal.contract.ts";
import { settlementsContract } from "../settlement.contract.ts";
import { subscriptionsContract } from "../subscription.contract.ts";
import { dynamoAccountLog } from "./account.store.ts";
import { dynamoChargeIndexes } from "./charge-index.store.ts";
import { dynamoCollectionRuns, dynamoRailCustomers, dynamoReconciliations } from "./collection-work.store.ts";
import { dynamoCollections } from "./collections.store.ts";
import { dynamoConservationChecks } from "./conservation-check.store.ts";
import { dynamoCouponApplications } from "./coupon-application.store.ts";
import { dynamoCustomers } from "./customer.store.ts";
import { dynamoInvoiceIndex } from "./invoice.store.ts";
import { dynamoNews } from "./news.store.ts";
import { dynamoCreditNoteNumbers, dynamoInvoiceNumbers } from "./numbers.store.ts";
import { dynamoSeals } from "./seal.store.ts";
import { dynamoSettlements } from "./settlement.store.ts";
import { dynamoSubscriptions } from "./subscription.store.ts";

const base = testClient(inject("dynamoEndpoint"));
const client = documentClient(base);
const prefix = `billing-${process.pid}-${Date.now()}`;
const tableOf = (name: keyof TestTableNames) => ({ client, table: `${prefix}-${name}` });
/** A table of its own: news of all merchants lie in one list. */
const newsPrefix = `${prefix}-news`;
const newsTable = { client, table: `${newsPrefix}-registry` };
const [log, registry] = [tableOf("log"), tableOf("registry")];

beforeAll(async () => {
  await createTestTables(base, prefix);
  await createTestTables(base, newsPrefix);
});
afterAll(() => base.destroy());

accountLogContract("in DynamoDB", () => dynamoAccountLog(registry));
chargeIndexesContract("in DynamoDB", () => dynamoChargeIndexes(log, dynamoStatementLog(log)));
conservationChecksContract("in DynamoDB", () => dynamoConservationChecks(registry));
couponApplicationsContract("in DynamoDB", () => dynamoCouponApplications(registry));
collectionContract("in DynamoDB", () => ({
  collections: dynamoCollections(registry),
  runs: dynamoCollectionRuns(registry),
  railCustomers: dynamoRailCustomers(registry),
  reconciliations: dynamoReconciliations(registry),
}));
customersContract("in DynamoDB", () => dynamoCustomers(registry));
subscriptionsContract("in DynamoDB", () => dynamoSubscriptions(registry));
sealsContract("in DynamoDB", () => dynamoSeals(log, dynamoStatementLog(log)));
settlementsContract("in DynamoDB", () => dynamoSettlements(registry));
newsContract("in DynamoDB", () => dynamoNews(newsTable));
writtenNewsContract("in DynamoDB", () => ({
  desk: dynamoNews(newsTable),
  account: dynamoAccountLog(newsTable),
  settlements: dynamoSettlements(newsTable),
}));
invoicesContract("in DynamoDB", () => dynamoInvoiceIndex(registry));
numbersContract("in DynamoDB", () => dynamoInvoiceNumbers(registry));
numbersContract("in DynamoDB, of credit notes", () => dynamoCreditNoteNumbers(registry));

const merchant = merchantId("Items");

async function itemsOf(pk: string): Promise<readonly Record<string, unknown>[]> {
  const query = {
    TableName: registry.table,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": pk },
  };
  return (await client.send(new QueryCommand(query))).Items ?? [];
}

describe("a customer who is noted", () => {
  test("and lost between the two writes is due, and noted again", async () => {
    const customers = dynamoCustomers(registry);
    const id = customerId("lost");
    await customers.setDue(merchant, [{ customer: id, dueAt: 5 }]);
    const seen = { merchant, id, known: false, createdAt: 1, updatedAt: 1 };
    await customers.noteCustomer(seen, 9);
    expect(await customers.customer(merchant, id)).toEqual(seen);
    expect(await itemsOf("due#Items#lost")).toMatchObject([{ dueAt: 5 }]);
  });
});

describe("invoices of which a batch leaves some undone", () => {
  /** A client whose first batches lose some of their requests, as a throttled table does. */
  function losing(batches: number) {
    const client = testClient(inject("dynamoEndpoint"));
    let left = batches;
    client.middlewareStack.add(
      (next) => async (args) => {
        const { RequestItems } = args.input as BatchWriteItemCommandInput;
        const requests = RequestItems?.[registry.table];
        if (requests === undefined || left-- <= 0) return next(args);
        const UnprocessedItems = { [registry.table]: requests.splice(1) };
        const result = await next(args);
        return { ...result, output: { ...result.output, UnprocessedItems } };
      },
      { step: "serialize", priority: "high" },
    );
    return { client: sdkDocuments(client), table: registry.table };
  }

  const entry = { merchant, settlement: "st_lost", seal: 1, currency: currency("USD"), sealedAt: 5 };
  const entries = Array.from({ length: 30 }, (_, i) => ({ ...entry, customer: customerId(`c${10 + i}`) }));

  test("are put again until all are there", async () => {
    await dynamoInvoiceIndex(losing(4)).putInvoices(entries);
    const { entries: stored } = await dynamoInvoiceIndex(registry).invoicesOfSettlement(merchant, "st_lost", {
      limit: 99,
    });
    expect(stored).toEqual(entries);
  });

  test("are an error that may be tried again when they stay undone", { timeout: 20_000 }, async () => {
    const put = dynamoInvoiceIndex(losing(1000)).putInvoices(
      entries.map((one) => ({ ...one, settlement: "st_stuck" })),
    );
    await expect(put).rejects.toMatchObject({ name: "ThrottlingException" });
  });
});
