import type { TestProject } from "vitest/node";
import { startDynamo } from "./stores/dynamo.ts";

declare module "vitest" {
  interface ProvidedContext {
    dynamoEndpoint: string;
  }
}

/** A vitest global set-up: one DynamoDB Local in memory for all test files, found by `inject("dynamoEndpoint")`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dynamo = await startDynamo({ inMemory: true });
  project.provide("dynamoEndpoint", dynamo.endpoint);
  return () => dynamo.stop();
}
