import { randomUUID } from "node:crypto";
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
import { type Attributes, attributesOf, Unusual, valuesOf } from "./attribute.ts";

/** A request of the document client's, and the operation of DynamoDB that it is. */
export interface Operation {
  readonly name: string;
  readonly input: object;
}

const names = new Map<unknown, string>([
  [GetCommand, "GetItem"],
  [PutCommand, "PutItem"],
  [UpdateCommand, "UpdateItem"],
  [DeleteCommand, "DeleteItem"],
  [QueryCommand, "Query"],
  [ScanCommand, "Scan"],
  [BatchGetCommand, "BatchGetItem"],
  [BatchWriteCommand, "BatchWriteItem"],
  [TransactGetCommand, "TransactGetItems"],
  [TransactWriteCommand, "TransactWriteItems"],
]);

/** Which operation a command is; undefined for one that is the SDK's matter. */
export function operationOf(command: { readonly constructor: unknown; readonly input: object }): Operation | undefined {
  const name = names.get(command.constructor);
  const { input } = command;
  if (name === undefined) return undefined;
  // As the SDK does, and on the command itself, so that the SDK sends the same token where it sends the command again.
  if (name === "TransactWriteItems" && !("ClientRequestToken" in input))
    Object.assign(input, { ClientRequestToken: randomUUID() });
  return { name, input };
}

/** Fields in which values lie elsewhere than below, none of which we use. */
const unusual = new Set([
  "AttributeUpdates",
  "Expected",
  "KeyConditions",
  "QueryFilter",
  "ReturnItemCollectionMetrics",
  "ReturnValuesOnConditionCheckFailure",
  "ScanFilter",
]);

const itemFields = new Set(["Item", "Key", "ExpressionAttributeValues", "ExclusiveStartKey"]);

/** A request's input as DynamoDB's JSON has it. Errors: throws `Unusual`. */
export function wireOf(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(wireOf);
  if (typeof input !== "object" || input === null) return input;
  const wire: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(input)) {
    if (value === undefined) continue;
    if (unusual.has(field)) throw new Unusual();
    if (itemFields.has(field)) wire[field] = attributesOf(value);
    else if (field === "Keys") wire[field] = value.map(attributesOf);
    else wire[field] = wireOf(value);
  }
  return wire;
}

type Items = readonly Attributes[];
const answeredItems = new Set(["Item", "Attributes", "Key", "LastEvaluatedKey"]);

/** What DynamoDB answers, with values as the document client has them. */
export function answerOf(wire: unknown): unknown {
  if (Array.isArray(wire)) return wire.map(answerOf);
  if (typeof wire !== "object" || wire === null) return wire;
  const answer: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(wire)) {
    if (answeredItems.has(field)) answer[field] = valuesOf(value);
    else if (field === "Items" || field === "Keys") answer[field] = (value as Items).map(valuesOf);
    else if (field === "Responses" && !Array.isArray(value)) answer[field] = itemsByTable(value);
    else answer[field] = answerOf(value);
  }
  return answer;
}

function itemsByTable(tables: Readonly<Record<string, Items>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(tables).map(([table, items]) => [table, items.map(valuesOf)]));
}
