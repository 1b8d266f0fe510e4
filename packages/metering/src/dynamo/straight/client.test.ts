import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { type Answer, bySdk, done, endpoint, failure } from "./endpoint.fixture.ts";

const TableName = "journal";
const Key = { pk: "b#m#0#1", sk: "Ω" };
const Item = {
  ...Key,
  r: 1_795_000_000_123,
  b: new Uint8Array([0, 255, 7]),
  none: undefined,
  l: [{ deep: null }, true],
};
const wire = {
  pk: { S: "b" },
  r: { N: "1795000000123" },
  big: { N: "9007199254740993" },
  b: { B: "AP8H" },
  l: { L: [{ M: { deep: { NULL: true } } }, { BOOL: true }] },
  s: { SS: ["x"] },
  n: { NS: ["1"] },
  bs: { BS: ["AP8H"] },
};

const put = () => new PutCommand({ TableName, Item, ConditionExpression: "attribute_not_exists(pk)" });
const values = { ":q": 1, ":n": "n" };
const operations = [
  { name: "GetItem", command: () => new GetCommand({ TableName, Key, ConsistentRead: true }), answer: { Item: wire } },
  { name: "PutItem", command: put, answer: { Attributes: wire } },
  {
    name: "UpdateItem",
    command: () =>
      new UpdateCommand({ TableName, Key, UpdateExpression: "SET q = :q", ExpressionAttributeValues: values }),
    answer: { Attributes: wire, ConsumedCapacity: { TableName, CapacityUnits: 1 } },
  },
  { name: "DeleteItem", command: () => new DeleteCommand({ TableName, Key }), answer: {} },
  {
    name: "Query",
    command: () =>
      new QueryCommand({
        TableName,
        KeyConditionExpression: "pk = :n",
        ExpressionAttributeNames: { "#Item": "Item" },
        ExpressionAttributeValues: values,
        ExclusiveStartKey: Key,
      }),
    answer: { Items: [wire, wire], Count: 2, LastEvaluatedKey: { pk: { S: "b" } } },
  },
  { name: "Scan", command: () => new ScanCommand({ TableName, Limit: 2 }), answer: { Items: [], Count: 0 } },
  {
    name: "BatchGetItem",
    command: () => new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [Key], ConsistentRead: true } } }),
    answer: { Responses: { [TableName]: [wire] }, UnprocessedKeys: { [TableName]: { Keys: [{ pk: { S: "b" } }] } } },
  },
  {
    name: "BatchWriteItem",
    command: () =>
      new BatchWriteCommand({
        RequestItems: { [TableName]: [{ PutRequest: { Item } }, { DeleteRequest: { Key } }] },
      }),
    answer: { UnprocessedItems: { [TableName]: [{ PutRequest: { Item: wire } }, { DeleteRequest: { Key: wire } }] } },
  },
  {
    name: "TransactGetItems",
    command: () => new TransactGetCommand({ TransactItems: [{ Get: { TableName, Key } }] }),
    answer: { Responses: [{ Item: wire }, {}] },
  },
  {
    name: "TransactWriteItems",
    command: () =>
      new TransactWriteCommand({
        ClientRequestToken: "one of a kind",
        TransactItems: [
          { Put: { TableName, Item } },
          { Delete: { TableName, Key } },
          { Update: { TableName, Key, UpdateExpression: "SET q = :q", ExpressionAttributeValues: values } },
          { ConditionCheck: { TableName, Key, ConditionExpression: "q = :q", ExpressionAttributeValues: values } },
        ],
      }),
    answer: {},
  },
];

/** What the SDK's own signer makes of a request. */
async function sdkSignature(client: DynamoDBClient, sent: { headers: Record<string, string>; body: string }) {
  const scheme = { name: "sigv4", signingName: "dynamodb", signingRegion: "eu-west-1", properties: {} };
  const signer = await client.config.signer(scheme);
  const at = String(sent.headers["x-amz-date"]).replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5");
  const to = { method: "POST", protocol: "http:", hostname: "127.0.0.1", path: "/", query: {} };
  const signed = await signer.sign({ ...to, ...sent }, { signingDate: new Date(at) });
  return signed.headers.authorization;
}

describe("straightClient", () => {
  test.for(operations)("asks and answers as the SDK does: $name", async ({ name, command, answer }) => {
    const { sdk, straight, heard } = await endpoint([{ status: 200, body: answer }]);
    const { $metadata: _, ...told } = await sdk.send(command() as PutCommand);
    // The first request of a straight client is the SDK's: it says where to.
    await straight.send(command() as PutCommand);
    const { $metadata: __, ...toldStraight } = await straight.send(command() as PutCommand);
    expect(toldStraight).toEqual(told);
    expect(heard.map(bySdk)).toEqual([true, false, false]);
    const [asked, askedStraight] = heard.map(({ body }) => JSON.parse(body));
    expect(askedStraight).toEqual(asked);
    for (const { headers } of heard) expect(headers["x-amz-target"]).toBe(`DynamoDB_20120810.${name}`);
  });

  test.for([undefined, "a token"])("signs as the SDK does, with the session token %s", async (token) => {
    const { straight, heard, base } = await endpoint([done], token);
    await straight.send(put());
    await straight.send(put());
    const { headers, body } = heard[1] ?? { headers: {}, body: "" };
    expect(headers["x-amz-security-token"]).toBe(token);
    const names = /SignedHeaders=([^,]*)/.exec(String(headers.authorization))?.[1]?.split(";") ?? [];
    const signed = Object.fromEntries(names.map((name) => [name, String(headers[name])]));
    expect(headers.authorization).toBe(await sdkSignature(base, { headers: signed, body }));
  });

  test.for<{ why: string; answer: Answer }>([
    { why: "throttled", answer: failure("ProvisionedThroughputExceededException") },
    { why: "out of order", answer: failure("InternalServerError", { status: 500 }) },
    { why: "not signed for its clock", answer: failure("InvalidSignatureException") },
    { why: "answered by something else", answer: { status: 400, body: "<html>Bad Request</html>" } },
    { why: "cut off", answer: "hang up" },
    { why: "cut off in the middle", answer: "half" },
  ])("leaves to the SDK what is not answered: $why", async ({ answer }) => {
    const { straight, heard } = await endpoint([done, answer, done]);
    await straight.send(put());
    await straight.send(put());
    expect(heard.map(bySdk)).toEqual([true, false, true]);
  });

  test("fails where the SDK fails as well", async () => {
    const { straight } = await endpoint([done, failure("AccessDeniedException")]);
    await straight.send(put());
    await expect(straight.send(put())).rejects.toMatchObject({ name: "AccessDeniedException", message: "no" });
  });

  test.for([
    { name: "ConditionalCheckFailedException", more: {} },
    {
      name: "TransactionCanceledException",
      more: { CancellationReasons: [{ Code: "None" }, { Code: "TransactionConflict" }] },
    },
  ])("tells $name as the SDK does, and sends nothing again", async ({ name, more }) => {
    const { sdk, straight, heard } = await endpoint([done, failure(name, { more })]);
    await straight.send(put());
    const ours = await straight.send(put()).catch((error: unknown) => error);
    expect(heard.map(bySdk)).toEqual([true, false]);
    const theirs = await sdk.send(put()).catch((error: unknown) => error);
    expect(ours).toMatchObject({ name, message: "no", ...more });
    expect(Object(ours).constructor).toBe(Object(theirs).constructor);
  });

  test("a transaction that goes by both ways has one token, so that it acts once", async () => {
    const { straight, heard } = await endpoint([done, "hang up", done]);
    await straight.send(put());
    await straight.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item } }] }));
    const [, ours, theirs] = heard.map(({ body }) => JSON.parse(body));
    expect(ours.ClientRequestToken).toMatch(/^[0-9a-f-]{36}$/);
    expect(theirs).toEqual(ours);
  });

  test.for([
    { what: "a set", item: { ...Key, s: new Set(["x"]) } },
    { what: "a field whose values lie elsewhere", item: Key, more: { ReturnItemCollectionMetrics: "SIZE" as const } },
  ])("leaves to the SDK $what", async ({ item, more = {} }) => {
    const { straight, heard } = await endpoint();
    await straight.send(put());
    await straight.send(new PutCommand({ TableName, Item: item, ...more }));
    expect(heard.map(bySdk)).toEqual([true, true]);
  });

  test("refuses a number that is not exact, as the SDK does", async () => {
    const { straight } = await endpoint();
    await straight.send(put());
    const inexact = new PutCommand({ TableName, Item: { ...Key, r: 2 ** 53 + 2 } });
    await expect(straight.send(inexact)).rejects.toThrow("MAX_SAFE_INTEGER");
  });

  test("leaves to the SDK what can be called off", async () => {
    const { straight, heard } = await endpoint();
    await straight.send(put());
    await straight.send(put(), { abortSignal: new AbortController().signal });
    expect(heard.map(bySdk)).toEqual([true, true]);
  });
});
