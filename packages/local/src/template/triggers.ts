import * as v from "valibot";
import type { Assembly, Resource } from "./assembly.ts";
import { NotRunLocally, resourcesOf } from "./kinds.ts";
import type { World } from "./world.ts";

/** What a stream trigger and a queue trigger have in common. */
interface Mapping {
  readonly id: string;
  /** The ARN or the name of the function that it wakes. */
  readonly target: string;
  readonly batchSize: number;
  readonly batchWindowMs: number;
  readonly reportsItemFailures: boolean;
}

/** A DynamoDB stream that wakes a function. */
export interface StreamTriggerSpec extends Mapping {
  readonly kind: "stream";
  readonly streamArn: string;
  readonly patterns: readonly unknown[];
  readonly bisects: boolean;
  /** Undefined: retried until the record is out of the stream. */
  readonly maximumRetries?: number;
  readonly maximumAgeMs?: number;
  readonly failureQueueArn?: string;
}

/** A queue that wakes a function. */
export interface QueueTriggerSpec extends Mapping {
  readonly kind: "queue";
  readonly queueArn: string;
  readonly maximumConcurrency?: number;
}

/** An EventBridge rule with a schedule that wakes a function. */
export interface ScheduleSpec {
  readonly ruleArn: string;
  readonly target: string;
  readonly expression: string;
  readonly input?: unknown;
}

// Strict on purpose: a property that is not listed changes how batches are made or retried, and is not run here.
const MappingProperties = v.strictObject({
  FunctionName: v.string(),
  EventSourceArn: v.string(),
  BatchSize: v.optional(v.number()),
  BisectBatchOnFunctionError: v.optional(v.boolean(), false),
  DestinationConfig: v.optional(v.strictObject({ OnFailure: v.strictObject({ Destination: v.string() }) })),
  Enabled: v.optional(v.boolean(), true),
  FilterCriteria: v.optional(v.strictObject({ Filters: v.array(v.strictObject({ Pattern: v.string() })) })),
  FunctionResponseTypes: v.optional(v.array(v.literal("ReportBatchItemFailures")), []),
  MaximumBatchingWindowInSeconds: v.optional(v.number(), 0),
  MaximumRecordAgeInSeconds: v.optional(v.number(), -1),
  MaximumRetryAttempts: v.optional(v.number(), -1),
  ParallelizationFactor: v.optional(v.number()),
  ScalingConfig: v.optional(v.strictObject({ MaximumConcurrency: v.number() })),
  StartingPosition: v.optional(v.picklist(["TRIM_HORIZON", "LATEST"])),
  Tags: v.optional(v.unknown()),
});
type MappingProperties = v.InferOutput<typeof MappingProperties>;

function parsed(resource: Resource, world: World): MappingProperties {
  const result = v.safeParse(MappingProperties, world.properties(resource));
  if (result.success) return result.output;
  throw new NotRunLocally(
    resource,
    v.flatten(result.issues).root?.join(", ") ?? JSON.stringify(v.flatten(result.issues).nested),
  );
}

function streamSpec(common: Mapping, properties: MappingProperties): StreamTriggerSpec {
  const { MaximumRetryAttempts: retries, MaximumRecordAgeInSeconds: age, DestinationConfig: destination } = properties;
  return {
    ...common,
    kind: "stream",
    streamArn: properties.EventSourceArn,
    patterns: properties.FilterCriteria?.Filters.map(({ Pattern }): unknown => JSON.parse(Pattern)) ?? [],
    bisects: properties.BisectBatchOnFunctionError,
    ...(retries < 0 ? {} : { maximumRetries: retries }),
    ...(age < 0 ? {} : { maximumAgeMs: age * 1000 }),
    ...(destination === undefined ? {} : { failureQueueArn: destination.OnFailure.Destination }),
  };
}

function queueSpec(resource: Resource, common: Mapping, properties: MappingProperties): QueueTriggerSpec {
  if (properties.FilterCriteria !== undefined) throw new NotRunLocally(resource, "a filter on a queue");
  const maximum = properties.ScalingConfig?.MaximumConcurrency;
  return {
    ...common,
    kind: "queue",
    queueArn: properties.EventSourceArn,
    ...(maximum === undefined ? {} : { maximumConcurrency: maximum }),
  };
}

function triggerSpec(resource: Resource, world: World): (StreamTriggerSpec | QueueTriggerSpec)[] {
  const properties = parsed(resource, world);
  if (!properties.Enabled) return [];
  const isQueue = properties.EventSourceArn.startsWith("arn:aws:sqs:");
  const isStream = properties.EventSourceArn.startsWith("arn:aws:dynamodb:");
  if (!isQueue && !isStream) throw new NotRunLocally(resource, `events from ${properties.EventSourceArn}`);
  const destination = properties.DestinationConfig?.OnFailure.Destination;
  if (destination !== undefined && !destination.startsWith("arn:aws:sqs:")) {
    throw new NotRunLocally(resource, `failures sent to ${destination}`);
  }
  const common: Mapping = {
    id: `${resource.stack}/${resource.id}`,
    target: properties.FunctionName,
    batchSize: properties.BatchSize ?? (isQueue ? 10 : 100),
    batchWindowMs: properties.MaximumBatchingWindowInSeconds * 1000,
    reportsItemFailures: properties.FunctionResponseTypes.length > 0,
  };
  return [isQueue ? queueSpec(resource, common, properties) : streamSpec(common, properties)];
}

/**
 * The stream and queue triggers that are enabled.
 *
 * Errors: throws `NotRunLocally` on a source, a destination or a setting that is not run here.
 */
export function triggersOf(assembly: Assembly, world: World): (StreamTriggerSpec | QueueTriggerSpec)[] {
  return resourcesOf(assembly, "AWS::Lambda::EventSourceMapping").flatMap((resource) => triggerSpec(resource, world));
}

const Rule = v.looseObject({
  ScheduleExpression: v.optional(v.string()),
  EventPattern: v.optional(v.unknown()),
  State: v.optional(v.string(), "ENABLED"),
  Targets: v.optional(v.array(v.looseObject({ Arn: v.string(), Input: v.optional(v.string()) })), []),
});

/**
 * The schedules that are enabled, one for each target of a rule.
 *
 * Errors: throws `NotRunLocally` on a rule that waits for events instead of a time.
 */
export function schedulesOf(assembly: Assembly, world: World): ScheduleSpec[] {
  return resourcesOf(assembly, "AWS::Events::Rule").flatMap((resource) => {
    const { ScheduleExpression: expression, EventPattern, State, Targets } = v.parse(Rule, world.properties(resource));
    if (EventPattern !== undefined || expression === undefined) throw new NotRunLocally(resource, "an event pattern");
    if (State !== "ENABLED") return [];
    return Targets.map(({ Arn, Input }) => ({
      ruleArn: world.arnOf(resource),
      target: Arn,
      expression,
      ...(Input === undefined ? {} : { input: JSON.parse(Input) as unknown }),
    }));
  });
}
