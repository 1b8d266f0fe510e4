import type { CustomerRef } from "@farthing/metering";
import { frozenCopy } from "@farthing/metering/memory";
import type { AccountLog, AccountRecord } from "./account-log.ts";
import { memoryNews } from "./memory-news.ts";
import { recordNews } from "./news.ts";

/** Account logs in memory. */
export function memoryAccountLog(news = memoryNews()): AccountLog {
  const logs = new Map<string, AccountRecord[]>();
  const logOf = ({ merchant, customer }: CustomerRef) => logs.get(`${merchant}#${customer}`) ?? [];
  return {
    async recordsFrom(customer, number) {
      return logOf(customer).filter((record) => record.number >= number);
    },
    async appendRecord(record) {
      await news.noteNews(recordNews(record));
      const { merchant, customer } = record.customer;
      const log = logOf(record.customer);
      if (log.some(({ number }) => number === record.number)) return "taken";
      const all = [...log, frozenCopy(record)].sort((a, b) => a.number - b.number);
      logs.set(`${merchant}#${customer}`, all);
      return "appended";
    },
  };
}
