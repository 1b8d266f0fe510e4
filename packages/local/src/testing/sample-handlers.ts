import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { APIGatewayProxyEventV2, DynamoDBStreamEvent, SQSEvent } from "aws-lambda";

const dynamo = new DynamoDBClient({});
const sqs = new SQSClient({});

async function put(table: string | undefined, pk: string, sk: string): Promise<void> {
  await dynamo.send(new PutItemCommand({ TableName: table, Item: { pk: { S: pk }, sk: { S: sk } } }));
}

/** Stores a note; its key is the request's body. */
export async function accept(event: APIGatewayProxyEventV2) {
  const body = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8").toString();
  await put(process.env.NOTES, body, "note");
  return { statusCode: 202, headers: { "content-type": "application/json" }, body: JSON.stringify({ stored: body }) };
}

/** Shows what a function sees. */
export async function echo(event: APIGatewayProxyEventV2) {
  const seen = { env: Object.keys(process.env).sort(), one: process.env.GREETING, url: process.env.WORK };
  return { statusCode: 200, cookies: ["a=1", "b=2"], headers: { "x-seen": 1 }, body: JSON.stringify({ event, seen }) };
}

/** Hands each changed note on to the queue; a note with "poison" in its key never gets through. */
export async function onStream(event: DynamoDBStreamEvent) {
  for (const record of event.Records) {
    const key = record.dynamodb?.Keys?.pk?.S ?? "";
    if (key.includes("poison-stream")) throw new Error("cannot digest this");
    await sqs.send(new SendMessageCommand({ QueueUrl: process.env.WORK, MessageBody: key }));
  }
}

/** Writes down each message; one with "poison" fails alone, one with "hang" runs into the timeout. */
export async function onQueue(event: SQSEvent) {
  const batchItemFailures = [];
  for (const { messageId, body } of event.Records) {
    if (body.includes("poison-queue")) batchItemFailures.push({ itemIdentifier: messageId });
    else if (body.includes("hang")) await new Promise(() => setInterval(() => {}, 1000));
    else await put(process.env.RESULTS, body, "done");
  }
  return { batchItemFailures };
}

/** Never answers. */
export async function hang() {
  await new Promise(() => setInterval(() => {}, 1000));
}

/** Ends its own runtime. */
export async function crash() {
  process.exit(3);
}

/** Leaves a trace of the schedule. */
export async function tick(event: { time: string }) {
  await put(process.env.RESULTS, "tick", event.time);
  return { ticked: true };
}
