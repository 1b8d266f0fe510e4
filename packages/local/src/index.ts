export { type Cloud, startCloud } from "./cloud.ts";
export type { Idle } from "./control/control.ts";
export type { InvocationError, Outcome } from "./run/messages.ts";
export { type Dynamo, type DynamoOptions, startDynamo } from "./stores/dynamo.ts";
export type { CloudOptions } from "./wiring.ts";
