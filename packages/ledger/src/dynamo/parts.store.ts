import type { MerchantId } from "@farthing/money";
import type { Books } from "../books.ts";
import type { Close } from "../close.ts";
import type { ChunkSums } from "../run-sums.ts";
import { addBalances } from "../trial-balance.ts";
import { chunkSumsEntity } from "./chunk-sums.entity.ts";
import { closeEntity } from "./close.entity.ts";
import { type DynamoTable, plainly, strongly, took } from "./table.ts";
import { balancesOf, entriesOf, entriesText } from "./texts.ts";

type Parts = "putChunkSums" | "chunkSums" | "close" | "closes" | "appendClose";

/** What runs came to by chunks, and closed periods, over the Log table: created once each. */
export function bookParts(log: DynamoTable): Pick<Books, Parts> {
  const [chunks, closes] = [chunkSumsEntity(log), closeEntity(log)];
  const chunkSums = async (merchant: MerchantId, run: string, chunk: number): Promise<ChunkSums | undefined> => {
    const { data } = await chunks.get({ merchant, run, chunk }).go(strongly);
    return data === null ? undefined : { ...data, entries: entriesOf(data.entries) };
  };
  return {
    chunkSums,
    async putChunkSums(sums) {
      const item = { ...sums, entries: entriesText(sums.entries) };
      if (await took(chunks.create(item).go(plainly))) return sums;
      return (await chunkSums(sums.merchant, sums.run, sums.chunk)) ?? sums;
    },
    async close(merchant, number) {
      if (number === undefined) {
        const { data } = await closes.query.primary({ merchant }).go({ ...strongly, order: "desc", limit: 1 });
        return data[0] === undefined ? undefined : closeOf(data[0]);
      }
      const { data } = await closes.get({ merchant, number }).go(strongly);
      return data === null ? undefined : closeOf(data);
    },
    async closes(merchant, { after, limit }) {
      const all = closes.query.primary({ merchant }).gt({ number: after });
      const { data } = await all.go({ ...strongly, limit, count: limit });
      return data.map(closeOf);
    },
    async appendClose({ accounts, ...close }) {
      const balances = entriesText(accounts.map(({ account, balance }) => ({ account, amount: balance })));
      return (await took(closes.create({ ...close, balances }).go(plainly))) ? "appended" : "taken";
    },
  };
}

interface CloseItem extends Omit<Close, "accounts"> {
  readonly balances: string;
}

function closeOf({ balances, ...close }: CloseItem): Close {
  return { ...close, accounts: addBalances([balancesOf(balances)]) };
}
