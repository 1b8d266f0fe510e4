import { picosFrom } from "@farthing/money";
import type { AccountLog, AccountRecord } from "../account-log.ts";
import { accountRecordEntity } from "./account-record.entity.ts";
import { type DynamoTable, plainly, stronglyAll, took } from "./table.ts";

/** Account logs over the Registry table. A record is one conditional write. */
export function dynamoAccountLog(registry: DynamoTable): AccountLog {
  const entity = accountRecordEntity(registry);
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
    async appendRecord({ customer, invoice, change, ...rest }) {
      const item = { ...customer, ...invoice, ...rest, change: encodeChange(change) };
      return (await took(entity.create(item).go(plainly))) ? "appended" : "taken";
    },
  };
}

function encodeChange(change: AccountRecord["change"]): string {
  return JSON.stringify({ ...change, amount: change.amount.toString() });
}

function decodeChange(text: string): AccountRecord["change"] {
  const change: Omit<AccountRecord["change"], "amount"> & { readonly amount: string } = JSON.parse(text);
  return { ...change, amount: picosFrom(BigInt(change.amount)) };
}
