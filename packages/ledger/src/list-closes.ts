import { type MerchantId, ok, type Result } from "@farthing/money";
import { type CloseDocument, closeDocument } from "./documents.ts";
import type { Listed } from "./list-accounts.ts";
import type { LedgerStores } from "./post.ts";

/** Lists closed periods, the first one first. */
export async function listCloses(
  { books }: Pick<LedgerStores, "books">,
  {
    merchant,
    limit,
    after = "0",
  }: { readonly merchant: MerchantId; readonly limit: number; readonly after?: string | undefined },
): Promise<Result<Listed<CloseDocument>, never>> {
  const read = await books.closes(merchant, { after: Number(after), limit: limit + 1 });
  const items = read.slice(0, limit).map(closeDocument);
  const last = items.at(-1);
  return ok({ items, ...(last !== undefined && read.length > limit ? { next: String(last.number) } : {}) });
}
