import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from "@aws-sdk/client-dynamodb";

export { documentClient, sdkDocuments } from "./documents.ts";

/** The tables of the product, for tests that run stores without the stacks; a test of the stacks compares with them. */
export const testTables = {
  journal: table(["pk", "sk"], { StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" } }),
  log: table(["pk", "sk", "lsi1sk"], { LocalSecondaryIndexes: [index("byHour", "pk", "lsi1sk")] }),
  registry: table(["pk", "sk", "gsi1pk", "gsi1sk"], {
    GlobalSecondaryIndexes: [index("gsi1", "gsi1pk", "gsi1sk")],
  }),
} as const;

/** Which tables a test made, by their names. */
export type TestTableNames = Record<keyof typeof testTables, string>;

/** A client of a DynamoDB Local. */
export function testClient(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  return new DynamoDBClient({ endpoint, region: "us-east-1", credentials });
}

/** Creates the tables under names that begin with a prefix of the test's own. */
export async function createTestTables(client: DynamoDBClient, prefix: string): Promise<TestTableNames> {
  const names = { journal: `${prefix}-journal`, log: `${prefix}-log`, registry: `${prefix}-registry` };
  for (const name of ["journal", "log", "registry"] as const) {
    await client.send(new CreateTableCommand({ ...testTables[name], TableName: names[name] }));
  }
  return names;
}

function table(attributes: readonly string[], more: Partial<CreateTableCommandInput>) {
  return {
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: attributes.map((name) => ({ AttributeName: name, AttributeType: "S" as const })),
    KeySchema: keys("pk", "sk"),
    ...more,
  } as const;
}

function index(name: string, hash: string, range: string) {
  return { IndexName: name, KeySchema: keys(hash, range), Projection: { ProjectionType: "ALL" as const } };
}

function keys(hash: string, range: string) {
  return [
    { AttributeName: hash, KeyType: "HASH" as const },
    { AttributeName: range, KeyType: "RANGE" as const },
  ];
}
