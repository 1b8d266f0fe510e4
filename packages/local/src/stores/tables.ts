import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import type { TableSpec } from "../template/stores.ts";

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

const keys = (schema: TableDescription["KeySchema"]): string =>
  JSON.stringify(schema?.map(({ AttributeName, KeyType }) => [AttributeName, KeyType]));

const names = (indexes: readonly { readonly IndexName?: string | undefined }[] | undefined): string =>
  JSON.stringify(indexes?.map(({ IndexName }) => IndexName).toSorted() ?? []);

function refuseChange(spec: TableSpec, table: TableDescription): void {
  const { create } = spec;
  const changes = [
    ["its key", keys(create.KeySchema) !== keys(table.KeySchema)],
    ["its local indexes", names(create.LocalSecondaryIndexes) !== names(table.LocalSecondaryIndexes)],
    ["its stream", create.StreamSpecification?.StreamViewType !== table.StreamSpecification?.StreamViewType],
  ] as const;
  const changed = changes.filter(([, differs]) => differs).map(([what]) => what);
  if (changed.length === 0) return;
  throw new Error(
    `the template changes ${changed.join(" and ")} of table ${spec.name}, which an existing table cannot follow: ` +
      "start once with --fresh to begin anew",
  );
}

async function addIndex(client: DynamoDBClient, spec: TableSpec, index: GlobalSecondaryIndex): Promise<void> {
  const { IndexName, KeySchema, Projection } = index;
  const command = new UpdateTableCommand({
    TableName: spec.name,
    AttributeDefinitions: spec.create.AttributeDefinitions,
    GlobalSecondaryIndexUpdates: [{ Create: { IndexName, KeySchema, Projection } }],
  });
  await client.send(command);
}

async function setExpiry(client: DynamoDBClient, { name, expiryAttribute }: TableSpec): Promise<void> {
  if (expiryAttribute === undefined) return;
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: name }));
  if (TimeToLiveDescription?.TimeToLiveStatus === "ENABLED") return;
  const TimeToLiveSpecification = { AttributeName: expiryAttribute, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
}

async function ensureTable(client: DynamoDBClient, spec: TableSpec): Promise<string | undefined> {
  const existing = await describe(client, spec.name);
  if (existing === undefined) {
    const { TableDescription: made } = await client.send(new CreateTableCommand(spec.create));
    await setExpiry(client, spec);
    return made?.LatestStreamArn;
  }
  refuseChange(spec, existing);
  const present = new Set(existing.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  for (const index of spec.create.GlobalSecondaryIndexes ?? []) {
    if (!present.has(index.IndexName)) await addIndex(client, spec, index);
  }
  await setExpiry(client, spec);
  return existing.LatestStreamArn;
}

/**
 * Makes the tables that are missing and brings the others up to the template.
 *
 * Returns each streaming table's stream ARN by table name.
 * Errors: throws when a table would have to be made anew, for that would lose what it holds.
 */
export async function ensureTables(client: DynamoDBClient, specs: readonly TableSpec[]): Promise<Map<string, string>> {
  const streams = new Map<string, string>();
  for (const spec of specs) {
    const arn = await ensureTable(client, spec);
    if (arn !== undefined) streams.set(spec.name, arn);
  }
  return streams;
}
