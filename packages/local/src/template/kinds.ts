import type { Assembly, Resource } from "./assembly.ts";

const run: ReadonlySet<string> = new Set([
  "AWS::ApiGatewayV2::Api",
  "AWS::ApiGatewayV2::Integration",
  "AWS::ApiGatewayV2::Route",
  "AWS::ApiGatewayV2::Stage",
  "AWS::DynamoDB::GlobalTable",
  "AWS::DynamoDB::Table",
  "AWS::Events::Rule",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Lambda::Function",
  "AWS::S3::Bucket",
  "AWS::SQS::Queue",
]);

/** Types that change nothing on one machine: who may do what, what is kept of logs, who is told. */
const inert: ReadonlySet<string> = new Set([
  "AWS::CDK::Metadata",
  "AWS::CloudFormation::CustomResource",
  "AWS::CloudWatch::Alarm",
  "AWS::CloudWatch::CompositeAlarm",
  "AWS::CloudWatch::Dashboard",
  "AWS::IAM::ManagedPolicy",
  "AWS::IAM::Policy",
  "AWS::IAM::Role",
  "AWS::KMS::Alias",
  "AWS::KMS::Key",
  "AWS::Lambda::EventInvokeConfig",
  "AWS::Lambda::Permission",
  "AWS::Logs::LogGroup",
  "AWS::Logs::MetricFilter",
  "AWS::S3::BucketPolicy",
  "AWS::SNS::Subscription",
  "AWS::SNS::Topic",
  "AWS::SNS::TopicPolicy",
  "AWS::SQS::QueuePolicy",
  "AWS::SSM::Parameter",
]);

/** The template holds something that the local cloud neither runs nor knows to be inert. */
export class NotRunLocally extends Error {
  override readonly name = "NotRunLocally";

  constructor({ stack, id, type }: Pick<Resource, "stack" | "id" | "type">, what = "") {
    super(
      `The local cloud does not run ${type} ${id} of stack ${stack}${what === "" ? "" : `: ${what}`}. ` +
        "Teach packages/local to run it, or list it as inert in template/kinds.ts.",
    );
  }
}

/** Whether a type of resource is known to change nothing on one machine. */
export function isInert(type: string): boolean {
  return inert.has(type) || type.startsWith("Custom::");
}

/**
 * Makes sure that each resource is either run or known to be inert.
 *
 * Errors: throws `NotRunLocally`, naming the type and the logical id, so that nothing is left out in silence.
 */
export function refuseUnknown(assembly: Assembly): void {
  for (const resource of resourcesOf(assembly)) {
    if (!run.has(resource.type) && !isInert(resource.type)) throw new NotRunLocally(resource);
  }
}

/** All resources of an assembly, or those of the given types, in the order of the templates. */
export function resourcesOf(assembly: Assembly, ...types: readonly string[]): Resource[] {
  const all = assembly.stacks.flatMap(({ resources }) => [...resources.values()]);
  return types.length === 0 ? all : all.filter(({ type }) => types.includes(type));
}
