import { createTestTables, documentClient, testClient } from "@farthing/metering/dynamo-test-tables";
import { afterAll, beforeAll, inject } from "vitest";
import { grantsContract } from "../grants.contract.ts";
import { dynamoGrants } from "./grant.store.ts";

const base = testClient(inject("dynamoEndpoint"));
const prefix = `wallet-${process.pid}-${Date.now()}`;

beforeAll(async () => void (await createTestTables(base, prefix)));
afterAll(() => base.destroy());

grantsContract("in DynamoDB", () => dynamoGrants({ client: documentClient(base), table: `${prefix}-registry` }));
