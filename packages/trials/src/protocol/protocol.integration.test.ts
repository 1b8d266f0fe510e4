import { createTestTables, documentClient, testClient } from "@farthing/metering/dynamo-test-tables";
import { merchantId } from "@farthing/money";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { dynamoWorld } from "./dynamo-world.ts";
import { explain, runHistory } from "./run-history.ts";

/** Each takes seconds on DynamoDB Local. The first six have every kind of task between them, with faults and without. */
const histories = Number(process.env.FARTHING_HISTORIES ?? 6);
const prefix = `protocol-${process.pid}-${Date.now()}`;
const base = testClient(inject("dynamoEndpoint"));
const client = documentClient(base);
const table = (name: string) => ({ client, table: `${prefix}-${name}` });

beforeAll(async () => void (await createTestTables(base, prefix)));
afterAll(() => base.destroy());

test.for(Array.from({ length: histories }, (_, at) => at + 1))("history %i holds on DynamoDB Local", async (seed) => {
  const world = () => dynamoWorld({ journal: table("journal"), log: table("log"), registry: table("registry") });
  const result = await runHistory({ seed, world: world(), merchant: merchantId(`m${seed}`) });
  const again = { seed, world: world(), merchant: merchantId(`again${seed}`) };
  if (result.violations.length > 0) expect.fail(await explain(again, result));
});
