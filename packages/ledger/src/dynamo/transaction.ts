import { setTimeout as wait } from "node:timers/promises";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Alongside } from "../books.ts";
import type { DynamoTable } from "./table.ts";

/** One write of a transaction. */
export type TransactWrite = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** Takes writes of another store on DynamoDB into the transaction of a posting. */
export function dynamoAlongside(writes: readonly TransactWrite[]): Alongside {
  return { writes };
}

/**
 * Writes all or nothing. "taken" where a condition of ours did not hold, or another transaction held one of the items just
 * then; "refused" where only a condition of what goes alongside did not.
 */
export async function commitAll(
  { client }: DynamoTable,
  own: readonly TransactWrite[],
  alongside: Alongside | undefined,
): Promise<"committed" | "taken" | "refused"> {
  const others = (alongside?.writes ?? []) as readonly TransactWrite[];
  try {
    await client.send(new TransactWriteCommand({ TransactItems: [...own, ...others] }));
    return "committed";
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    return await outcomeOf(error, own.length);
  }
}

async function outcomeOf(error: TransactionCanceledException, ownWrites: number): Promise<"taken" | "refused"> {
  const codes = (error.CancellationReasons ?? []).map(({ Code = "None" }) => Code);
  const other = codes.find((code) => !["None", "ConditionalCheckFailed", "TransactionConflict"].includes(code));
  // The name that the kit knows as worth another try, such as ThrottlingError's.
  if (other !== undefined) throw Object.assign(error, { name: nameOf(other) });
  if (codes.slice(0, ownWrites).includes("ConditionalCheckFailed")) return "taken";
  if (codes.includes("ConditionalCheckFailed")) return "refused";
  await wait(10 + Math.random() * 40);
  return "taken";
}

function nameOf(code: string): string {
  return /Throttling|ProvisionedThroughput/.test(code) ? "ThrottlingException" : code;
}
