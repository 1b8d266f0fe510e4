import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb";
import * as v from "valibot";
import type { Assembly } from "./assembly.ts";
import { resourcesOf } from "./kinds.ts";
import type { World } from "./world.ts";

/** A table as DynamoDB Local is asked to create it. */
export interface TableSpec {
  readonly name: string;
  readonly create: CreateTableCommandInput;
  readonly expiryAttribute?: string;
}

/** A queue with the attributes that the emulator honours. */
export interface QueueSpec {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const Projection = v.looseObject({
  ProjectionType: v.optional(v.picklist(["ALL", "INCLUDE", "KEYS_ONLY"])),
  NonKeyAttributes: v.optional(v.array(v.string())),
});
const KeySchema = v.array(v.looseObject({ AttributeName: v.string(), KeyType: v.picklist(["HASH", "RANGE"]) }));
const Index = v.looseObject({ IndexName: v.string(), KeySchema, Projection });

const Table = v.looseObject({
  KeySchema,
  AttributeDefinitions: v.array(
    v.looseObject({ AttributeName: v.string(), AttributeType: v.picklist(["S", "N", "B"]) }),
  ),
  LocalSecondaryIndexes: v.optional(v.array(Index), []),
  GlobalSecondaryIndexes: v.optional(v.array(Index), []),
  StreamSpecification: v.optional(
    v.looseObject({ StreamViewType: v.picklist(["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"]) }),
  ),
  TimeToLiveSpecification: v.optional(v.looseObject({ AttributeName: v.optional(v.string()), Enabled: v.boolean() })),
});
type Table = v.InferOutput<typeof Table>;

function indexes(given: Table["LocalSecondaryIndexes"]): CreateTableCommandInput["LocalSecondaryIndexes"] {
  return given.map(({ IndexName, KeySchema: keys, Projection: { ProjectionType, NonKeyAttributes } }) => ({
    IndexName,
    KeySchema: keys,
    Projection: { ProjectionType, NonKeyAttributes },
  }));
}

function tableSpec(name: string, table: Table): TableSpec {
  const stream = table.StreamSpecification?.StreamViewType;
  const expiry = table.TimeToLiveSpecification;
  return {
    name,
    create: {
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: table.KeySchema,
      AttributeDefinitions: table.AttributeDefinitions,
      ...(table.LocalSecondaryIndexes.length === 0
        ? {}
        : { LocalSecondaryIndexes: indexes(table.LocalSecondaryIndexes) }),
      ...(table.GlobalSecondaryIndexes.length === 0
        ? {}
        : { GlobalSecondaryIndexes: indexes(table.GlobalSecondaryIndexes) }),
      ...(stream === undefined ? {} : { StreamSpecification: { StreamEnabled: true, StreamViewType: stream } }),
    },
    ...(expiry?.Enabled && expiry.AttributeName !== undefined ? { expiryAttribute: expiry.AttributeName } : {}),
  };
}

/** The tables of an assembly. Backups, encryption and capacity change nothing on one machine and are left out. */
export function tablesOf(assembly: Assembly, world: World): TableSpec[] {
  return resourcesOf(assembly, "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable").map((resource) =>
    tableSpec(world.nameOf(resource), v.parse(Table, world.properties(resource))),
  );
}

const honoured = [
  "VisibilityTimeout",
  "DelaySeconds",
  "MaximumMessageSize",
  "MessageRetentionPeriod",
  "ReceiveMessageWaitTimeSeconds",
  "FifoQueue",
  "ContentBasedDeduplication",
];

const Queue = v.looseObject({
  RedrivePolicy: v.optional(
    v.looseObject({
      deadLetterTargetArn: v.string(),
      maxReceiveCount: v.pipe(v.unknown(), v.transform(Number), v.integer()),
    }),
  ),
});

/** The queues of an assembly, with whom each hands its dead letters to. */
export function queuesOf(assembly: Assembly, world: World): QueueSpec[] {
  return resourcesOf(assembly, "AWS::SQS::Queue").map((resource) => {
    const properties = world.properties(resource);
    const { RedrivePolicy: redrive } = v.parse(Queue, properties);
    const plain = honoured.filter((key) => properties[key] !== undefined).map((key) => [key, String(properties[key])]);
    return {
      name: world.nameOf(resource),
      attributes: {
        ...Object.fromEntries(plain),
        ...(redrive === undefined ? {} : { RedrivePolicy: JSON.stringify(redrive) }),
      },
    };
  });
}

/** The names of an assembly's buckets. */
export function bucketsOf(assembly: Assembly, world: World): string[] {
  return resourcesOf(assembly, "AWS::S3::Bucket").map((resource) => world.nameOf(resource));
}
