import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { createTestTables, documentClient, testClient } from "@farthing/metering/dynamo-test-tables";
import { afterAll, beforeAll, inject } from "vitest";
import { booksContract } from "../books.contract.ts";
import { dynamoAlongside, dynamoBooks } from "./index.ts";

const base = testClient(inject("dynamoEndpoint"));
const client = documentClient(base);
const prefix = `ledger-${process.pid}-${Date.now()}`;
const log = { client, table: `${prefix}-log` };

beforeAll(async () => void (await createTestTables(base, prefix)));
afterAll(() => base.destroy());

let writes = 0;
const put = (holds: boolean) => {
  const Key = { pk: `alongside#${++writes}`, sk: "1" };
  const ConditionExpression = holds ? "attribute_not_exists(pk)" : "attribute_exists(pk)";
  return { Key, alongside: dynamoAlongside([{ Put: { TableName: log.table, Item: Key, ConditionExpression } }]) };
};

booksContract("in DynamoDB", () => dynamoBooks(log), {
  good() {
    const { Key, alongside } = put(true);
    const read = async () => (await client.send(new GetCommand({ TableName: log.table, Key }))).Item !== undefined;
    return { alongside, isWritten: read };
  },
  bad: () => put(false).alongside,
});
