import { randomBytes } from "node:crypto";
import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { customerId, merchantId } from "@farthing/money";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { backfillsContract, stagingContract } from "../backfill.contract.ts";
import type { BundleDigest } from "../codec/bundle.ts";
import type { Hour } from "../hour.ts";
import { journalContract } from "../journal.contract.ts";
import { memoryCustomerRegister } from "../memory.ts";
import { meterSetsContract, shardPlansContract, wakeClaimsContract } from "../registry.contract.ts";
import { rejectionsContract } from "../rejections.contract.ts";
import { rollProgressContract } from "../roll-progress.contract.ts";
import { shardGrowthContract } from "../shard-growth.contract.ts";
import { statementContract } from "../statement.contract.ts";
import type { Statement } from "../statement.ts";
import { dynamoBackfills } from "./backfill.store.ts";
import { dynamoJournal } from "./journal.store.ts";
import { dynamoMeterSets } from "./meter-set.store.ts";
import { dynamoRejections } from "./rejection.store.ts";
import { dynamoRollProgress } from "./roll-progress.store.ts";
import { dynamoShardPlans } from "./shard-plan.store.ts";
import { dynamoStaging } from "./staging.store.ts";
import { dynamoStatementLog } from "./statement.store.ts";
import { createTestTables, documentClient, testClient, type testTables } from "./test-tables.ts";
import { dynamoWakeClaims } from "./wake-claim.store.ts";

const base = testClient(inject("dynamoEndpoint"));
const client = documentClient(base);
const prefix = `metering-${process.pid}-${Date.now()}`;
const tableOf = (name: keyof typeof testTables) => ({ client, table: `${prefix}-${name}` });
const [journal, log, registry] = [tableOf("journal"), tableOf("log"), tableOf("registry")];

beforeAll(async () => void (await createTestTables(base, prefix)));
afterAll(() => base.destroy());

backfillsContract("in DynamoDB", () => dynamoBackfills(registry));
stagingContract("in DynamoDB", () => dynamoStaging(journal));
journalContract("in DynamoDB", () => dynamoJournal(journal));
statementContract("in DynamoDB", () => dynamoStatementLog(log));
rollProgressContract("in DynamoDB", () => dynamoRollProgress(log));
shardPlansContract("in DynamoDB", () => dynamoShardPlans(registry, { merchantsPerPage: 3 }));
meterSetsContract("in DynamoDB", () => dynamoMeterSets(registry));
rejectionsContract("in DynamoDB", () => dynamoRejections(registry));
wakeClaimsContract("in DynamoDB", () => dynamoWakeClaims(registry));
shardGrowthContract("in DynamoDB", () => ({
  merchant: merchantId("growing"),
  journal: dynamoJournal(journal),
  log: dynamoStatementLog(log),
  register: memoryCustomerRegister(),
  progress: dynamoRollProgress(log),
  plans: dynamoShardPlans(registry),
  meters: dynamoMeterSets(registry),
}));

const merchant = merchantId("Items");
const hour = 498_000 as Hour;

/** The size by which DynamoDB bills an item. Units: bytes. */
function sizeOf(item: Record<string, unknown>): number {
  const size = (value: unknown): number => {
    if (typeof value === "string") return Buffer.byteLength(value);
    if (value instanceof Uint8Array) return value.byteLength;
    // Two significant digits a byte, and one byte more.
    if (typeof value === "number") return Math.ceil(String(value).replace(/0+$/, "").length / 2) + 1;
    throw new Error("not an attribute of these items");
  };
  return Object.entries(item).reduce((sum, [name, value]) => sum + name.length + size(value), 0);
}

async function itemsOf(table: string, pk: string): Promise<readonly Record<string, unknown>[]> {
  const query = { TableName: table, KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": pk } };
  return (await client.send(new QueryCommand(query))).Items ?? [];
}

function bundleOf(bytes: number) {
  const digest = randomBytes(18).toString("base64url") as BundleDigest;
  return { digest, blob: new Uint8Array(randomBytes(bytes)), receivedAt: 1_795_000_000_123, events: 500, voids: 0 };
}

describe("an item of a bundle", () => {
  test("adds little to its blob", async () => {
    const at = { merchant, shard: 1, hour };
    await dynamoJournal(journal).putBundle(at, bundleOf(12_000));
    const [item = {}] = await itemsOf(journal.table, `b#Items#1#${hour}`);
    expect(sizeOf(item) - 12_000).toBeLessThan(100);
  });

  test("fits to the byte, and not a byte more", async () => {
    const store = dynamoJournal(journal);
    const at = { merchant, shard: 2, hour };
    await store.putBundle(at, bundleOf(1000));
    const [item = {}] = await itemsOf(journal.table, `b#Items#2#${hour}`);
    const fits = 400 * 1024 - (sizeOf(item) - 1000);
    await store.putBundle(at, bundleOf(fits));
    await expect(store.putBundle(at, bundleOf(fits + 1))).rejects.toThrow(/size/i);
  });

  test("of a layout that is not known is refused", async () => {
    const [at, bundle] = [{ merchant, shard: 3, hour }, bundleOf(10)];
    const Item = { pk: `b#Items#3#${hour}`, sk: bundle.digest, v: 9, b: bundle.blob, r: 1, e: 1 };
    await client.send(new PutCommand({ TableName: journal.table, Item }));
    await expect(dynamoJournal(journal).bundle(at, bundle.digest)).rejects.toThrow();
    await expect(dynamoJournal(journal).bundles(at)).rejects.toThrow();
  });
});

describe("an item of a statement", () => {
  const customer = { merchant, customer: customerId("usr_0000000001") };
  const statement: Statement = {
    number: 1,
    hour,
    root: "ab".repeat(32),
    counts: { events: 12, voids: 0, duplicates: 0, conflicts: 0 },
    first: 1_795_000_000_123,
    last: 1_795_000_000_123,
    tally: { cells: [{ meter: "requests", group: [], state: "12" }], cohorts: [{ cells: [0], events: 12 }] },
    meterRevision: 3,
    page: { kind: "inline", blob: new Uint8Array(600) },
    fingerprints: new Uint32Array(12),
  };

  test("is one write unit with a small page inside", async () => {
    await dynamoStatementLog(log).append(customer, statement);
    const [item = {}] = await itemsOf(log.table, "l#Items#usr_0000000001");
    expect(sizeOf(item)).toBeLessThan(1024);
  });

  test("of a layout that is not known is refused", async () => {
    const Item = { pk: "l#Items#usr_0000000001", sk: "000000000002", lsi1sk: "0498000000000000002", v: 9 };
    await client.send(new PutCommand({ TableName: log.table, Item }));
    await expect(dynamoStatementLog(log).entriesFrom(customer, 2)).rejects.toThrow();
  });
});

test("marks lie where the filter of the stream looks", async () => {
  await dynamoJournal(journal).putMark({ merchant, shard: 7 }, { id: "a", bundles: [] });
  expect(await itemsOf(journal.table, "m#Items#7")).toMatchObject([{ sk: "a" }]);
});

test("claims are forgotten by the table, after their window", async () => {
  await dynamoWakeClaims(registry).claimWake({ merchant, shard: 7 }, 12, 1_795_000_600_001);
  expect(await itemsOf(registry.table, "wake#Items#7")).toMatchObject([{ sk: "12", expiresAt: 1_795_000_601 }]);
});
