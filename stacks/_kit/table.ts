import {
  type Attribute,
  AttributeType,
  BillingMode,
  Operation,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from "aws-cdk-lib/aws-dynamodb";
import { Duration, RemovalPolicy, type Stack } from "aws-cdk-lib/core";
import { alarm } from "./alarm.ts";
import { isThrowaway } from "./stage.ts";

/** An index of a table, as functions are granted it. */
export interface Index {
  readonly arn: string;
}

interface TableOptions {
  readonly stage: string;
  /** Wakes late rolls: keys alone, so that no event content passes through a stream. */
  readonly stream?: "keys";
  /** Attribute by which DynamoDB drops items that have outlived their use. */
  readonly expires?: string;
}

/** A string attribute: every key of ours is one. */
function text(name: string): Attribute {
  return { name, type: AttributeType.STRING };
}

/**
 * Declares one of the shared tables: keys `pk` and `sk`, on demand, restorable to any second of the last 35 days.
 *
 * Encrypted with the AWS-managed key `aws/dynamodb`: unlike the AWS-owned default its use shows in CloudTrail, and
 * unlike a key of our own nobody has to grant, pay for or lose it.
 */
export function table(stack: Stack, id: string, { stage, stream, expires }: TableOptions): Table {
  const kept = !isThrowaway(stage);
  const made = new Table(stack, id, {
    partitionKey: text("pk"),
    sortKey: text("sk"),
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.AWS_MANAGED,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: kept,
    removalPolicy: kept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    ...(stream === "keys" && { stream: StreamViewType.KEYS_ONLY }),
    ...(expires !== undefined && { timeToLiveAttribute: expires }),
  });
  watch(made, id);
  return made;
}

/** Adds an index within a partition, sorted by another attribute. Strong reads work on it. */
export function localIndex(store: Table, name: string, sort: string): Index {
  store.addLocalSecondaryIndex({ indexName: name, sortKey: text(sort), projectionType: ProjectionType.ALL });
  return { arn: `${store.tableArn}/index/${name}` };
}

/** Adds an index across partitions. Its reads are eventual: it finds work and fills lists, and decides nothing. */
export function globalIndex(store: Table, name: string): Index {
  store.addGlobalSecondaryIndex({
    indexName: name,
    partitionKey: text(`${name}pk`),
    sortKey: text(`${name}sk`),
    projectionType: ProjectionType.ALL,
  });
  for (const [metricName, what] of throttles) {
    alarm(store, `${name}${metricName}`, {
      why: `DynamoDB throttled ${what} of the index ${name}: its table is throttled with it. Look for a hot partition.`,
      metric: store.metric(metricName, {
        dimensionsMap: { TableName: store.tableName, GlobalSecondaryIndexName: name },
        statistic: "Sum",
        period: Duration.minutes(5),
      }),
      atLeast: 100,
    });
  }
  return { arn: `${store.tableArn}/index/${name}` };
}

const throttles = [
  ["ReadThrottleEvents", "reads"],
  ["WriteThrottleEvents", "writes"],
] as const;

function watch(store: Table, id: string): void {
  for (const [metricName, what] of throttles) {
    alarm(store, metricName, {
      why: `DynamoDB throttled ${what} of ${id}: a hot partition, or growth beyond its warm throughput.`,
      metric: store.metric(metricName, { statistic: "Sum", period: Duration.minutes(5) }),
      // A handful is absorbed by the client's own retries.
      atLeast: 100,
    });
  }
  alarm(store, "SystemErrors", {
    why: `DynamoDB answered 5xx for ${id}: see the AWS Health Dashboard.`,
    metric: store.metricSystemErrorsForOperations({
      operations: [
        Operation.GET_ITEM,
        Operation.BATCH_GET_ITEM,
        Operation.QUERY,
        Operation.PUT_ITEM,
        Operation.UPDATE_ITEM,
        Operation.DELETE_ITEM,
        Operation.TRANSACT_WRITE_ITEMS,
      ],
      period: Duration.minutes(5),
    }),
    atLeast: 1,
    periods: 2,
  });
}
