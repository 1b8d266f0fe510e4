import { dynamoAlongside, type TransactWrite } from "@farthing/ledger/dynamo";
import { type Picos, picosFrom } from "@farthing/money";
import type { AccountLog, AccountRecord, Credited, Transitioned } from "../account-log.ts";
import { recordNews } from "../news.ts";
import { accountRecordEntity } from "./account-record.entity.ts";
import { dynamoNews } from "./news.store.ts";
import { type DynamoTable, plainly, stronglyAll, took } from "./table.ts";

/**
 * Account logs over the Registry table. A record is one conditional write, with its posting in the same transaction, and a note
 * before it that it is news.
 */
export function dynamoAccountLog(registry: DynamoTable): AccountLog {
  const [entity, news] = [accountRecordEntity(registry), dynamoNews(registry)];
  return {
    async recordsFrom(customer, number) {
      const { data } = await entity.query
        .primary({ ...customer })
        .gte({ number })
        .go(stronglyAll);
      return data.map(({ merchant, customer: id, seal, currency, change, ...rest }) => ({
        ...rest,
        customer: { merchant, customer: id },
        invoice: { seal, currency },
        change: decodeChange(change),
      }));
    },
    async appendRecord(record, posting) {
      const { customer, invoice, change, ...rest } = record;
      await news.noteNews(recordNews(record));
      const item = { ...customer, ...invoice, ...rest, change: encodeChange(change) };
      const create = entity.create(item);
      if (posting !== undefined) return await posting(dynamoAlongside([{ Put: create.params<Put>() }]));
      return (await took(create.go(plainly))) ? "appended" : "taken";
    },
  };
}

type Put = NonNullable<TransactWrite["Put"]>;

function encodeChange(change: AccountRecord["change"]): string {
  return JSON.stringify(change, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
}

type StoredTransition = Omit<Transitioned, "amount"> & { readonly amount: string };
type StoredCredit = Omit<Credited, "lines" | "exact" | "total" | "carried"> &
  Readonly<Record<"exact" | "total" | "carried", string>> & {
    readonly lines: readonly { readonly line: string; readonly exact: string }[];
  };

function decodeChange(text: string): AccountRecord["change"] {
  const change: StoredTransition | StoredCredit = JSON.parse(text);
  if (change.kind === "transition") return { ...change, amount: picosOf(change.amount) };
  const { lines, exact, total, carried } = change;
  const amounts = { exact: picosOf(exact), total: picosOf(total), carried: picosOf(carried) };
  return { ...change, ...amounts, lines: lines.map(({ line, exact: part }) => ({ line, exact: picosOf(part) })) };
}

function picosOf(text: string): Picos {
  return picosFrom(BigInt(text));
}
