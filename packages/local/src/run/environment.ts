import type { FunctionSpec } from "../template/functions.ts";
import { localRegion } from "../template/world.ts";

/** Where the emulators listen. */
export interface Endpoints {
  readonly dynamo: string;
  readonly queues: string;
  /** Variables that every function gets beside those of the template. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** The credentials that the emulators take; DynamoDB Local wants them alphanumeric. */
export const localCredentials = { accessKeyId: "local", secretAccessKey: "local" };

/** A function's whole environment: its own variables, those that Lambda sets, and where the AWS SDK finds the emulators. */
export function environmentOf(spec: FunctionSpec, endpoints: Endpoints): Record<string, string> {
  return {
    ...spec.environment,
    ...endpoints.variables,
    AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
    AWS_DEFAULT_REGION: localRegion,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamo,
    AWS_ENDPOINT_URL_S3: endpoints.queues,
    AWS_ENDPOINT_URL_SQS: endpoints.queues,
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_NAME: spec.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${spec.functionName}`,
    AWS_REGION: localRegion,
    AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
    // A merchant's own server on this machine may be told of webhooks; elsewhere they go to public addresses alone.
    FARTHING_WEBHOOKS_TO_LOOPBACK: "true",
    LAMBDA_TASK_ROOT: spec.folder,
    TZ: ":UTC",
  };
}
