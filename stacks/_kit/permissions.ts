import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { Index } from "./table.ts";

/** What a function may touch; nothing that is not named here. */
export interface Permissions {
  /** Tables whose items it reads. */
  readonly read?: readonly Table[];
  /** Tables from which it reads many items at once. */
  readonly lookUp?: readonly Table[];
  /** Indexes that it queries. */
  readonly query?: readonly Index[];
  /** Tables in which it puts whole items, alone or in a transaction. */
  readonly write?: readonly Table[];
  /** Tables in which it changes parts of items. */
  readonly change?: readonly Table[];
  /** Tables from which it deletes items. */
  readonly remove?: readonly Table[];
  /** Tables in which it puts many items at once. The action would also delete: grant it with care. */
  readonly batch?: readonly Table[];
  /** Queues to which it sends. */
  readonly send?: readonly Queue[];
  /** Identities of SES, by their ARNs, from which it sends mail. */
  readonly mailFrom?: readonly string[];
}

const actions = {
  read: ["dynamodb:GetItem", "dynamodb:Query"],
  lookUp: ["dynamodb:BatchGetItem"],
  query: ["dynamodb:Query"],
  write: ["dynamodb:PutItem"],
  change: ["dynamodb:UpdateItem"],
  remove: ["dynamodb:DeleteItem"],
  batch: ["dynamodb:BatchWriteItem"],
  send: ["sqs:SendMessage"],
  mailFrom: ["ses:SendEmail"],
} as const;

/** The policy statements for exactly these permissions, one a verb. */
export function statements(permissions: Permissions): PolicyStatement[] {
  const tables = (list: readonly Table[] = []): string[] => list.map((table) => table.tableArn);
  const { query = [], send = [], mailFrom = [], read, lookUp, write, change, remove, batch } = permissions;
  const granted: readonly { readonly verb: keyof typeof actions; readonly resources: string[] }[] = [
    { verb: "read", resources: tables(read) },
    { verb: "lookUp", resources: tables(lookUp) },
    { verb: "query", resources: query.map((index) => index.arn) },
    { verb: "write", resources: tables(write) },
    { verb: "change", resources: tables(change) },
    { verb: "remove", resources: tables(remove) },
    { verb: "batch", resources: tables(batch) },
    { verb: "send", resources: send.map((queue) => queue.queueArn) },
    { verb: "mailFrom", resources: [...mailFrom] },
  ];
  return granted
    .filter(({ resources }) => resources.length > 0)
    .map(({ verb, resources }) => new PolicyStatement({ actions: [...actions[verb]], resources }));
}
