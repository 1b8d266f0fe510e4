import { join } from "node:path";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Duration, RemovalPolicy } from "aws-cdk-lib/core";
import { type Stack, use } from "sst/constructs";
import { useProject } from "sst/project.js";
import { Shared } from "../shared.ts";
import { alarm } from "./alarm.ts";
import { bundleCode, bundleForm } from "./bundle-form.ts";
import { constructId } from "./construct-id.ts";
import { metricsNamespace, ownMetric } from "./own-metric.ts";
import { type Permissions, statements } from "./permissions.ts";
import { isThrowaway } from "./stage.ts";

interface LambdaOptions extends Permissions {
  /** Its share of CPU goes with it: 1769 MB is one core. Default: 512. */
  readonly memoryMb?: number;
  /** Default: 29 s, the longest that the gateway waits. */
  readonly timeout?: Duration;
  /** How many invocations a copy bears at once, where whatever runs it gives it several. Default: 1. */
  readonly atOnce?: number;
  /** What the function counts in its log that a person must hear of, and why, in the words of an alarm. */
  readonly rings?: Readonly<Record<string, string>>;
  /** Variables that no other function is to see. */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Deploys `functions/<name>.ts`, bundled beforehand, with a role, a log group and alarms of its own.
 *
 * No X-Ray: its permissions need the resource `*`, and the logs carry request ids. No reserved concurrency: it would
 * take from every other function; queues cap their own.
 */
export function lambda(stack: Stack, name: string, options: LambdaOptions): LambdaFunction {
  const {
    memoryMb = 512,
    timeout = Duration.seconds(29),
    rings = {},
    atOnce = 1,
    variables = {},
    ...permissions
  } = options;
  const id = constructId(name.slice(name.indexOf("/") + 1));
  const logGroup = new LogGroup(stack, `${id}Logs`, {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const { folder, handler } = bundleCode(bundleForm(stack.stage), name);
  const made = new LambdaFunction(stack, id, {
    // A name that people can type: `<stage>-farthing-access-create-merchant`.
    functionName: `${stack.stage}-farthing-${name.replace("/", "-")}`,
    code: Code.fromAsset(join(useProject().paths.root, folder)),
    handler,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: memoryMb,
    timeout,
    role: role(stack, id, logGroup, permissions),
    logGroup,
    environment: { ...use(Shared).environment, ...environment(stack, name, atOnce), ...variables },
  });
  watch(made, name);
  for (const [metricName, why] of Object.entries(rings)) {
    alarm(made, metricName, { why: `${name}: ${why}`, metric: ownMetric(metricName, name), atLeast: 1 });
  }
  return made;
}

function environment(stack: Stack, name: string, atOnce: number): Record<string, string> {
  return {
    FARTHING_FUNCTION: name,
    ...(atOnce === 1 ? {} : { FARTHING_AT_ONCE: String(atOnce) }),
    FARTHING_KEY_ENVIRONMENT: isThrowaway(stack.stage) ? "test" : "live",
    POWERTOOLS_SERVICE_NAME: name,
    POWERTOOLS_METRICS_NAMESPACE: metricsNamespace,
  };
}

/** A role that writes to its own log group alone: the managed policy for that is granted on every log group. */
function role(stack: Stack, id: string, logGroup: LogGroup, permissions: Permissions): Role {
  const made = new Role(stack, `${id}Role`, { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
  made.addToPolicy(
    new PolicyStatement({ actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [logGroup.logGroupArn] }),
  );
  for (const statement of statements(permissions)) made.addToPolicy(statement);
  return made;
}

function watch(made: LambdaFunction, name: string): void {
  alarm(made, "Errors", {
    why: `${name} failed: an invariant broke, it ran out of time or memory, or AWS failed. Its log says which.`,
    metric: made.metricErrors({ statistic: "Sum", period: Duration.minutes(5) }),
    atLeast: 1,
  });
  alarm(made, "Throttles", {
    why: `${name} was throttled: the account's concurrency is used up.`,
    metric: made.metricThrottles({ statistic: "Sum", period: Duration.minutes(5) }),
    atLeast: 1,
    periods: 2,
  });
}
