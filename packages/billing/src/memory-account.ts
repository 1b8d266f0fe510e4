import { memoryAlongside } from "@farthing/ledger/memory";
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
    async appendRecord(record, posting) {
      await news.noteNews(recordNews(record));
      const { merchant, customer } = record.customer;
      const write = {
        holds: () => logOf(record.customer).every(({ number }) => number !== record.number),
        apply: () => {
          const all = [...logOf(record.customer), frozenCopy(record)].sort((a, b) => a.number - b.number);
          logs.set(`${merchant}#${customer}`, all);
        },
      };
      if (posting !== undefined) return await posting(memoryAlongside([write]));
      if (!write.holds()) return "taken";
      write.apply();
      return "appended";
    },
  };
}
