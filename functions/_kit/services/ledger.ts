import type { Books, LedgerStores } from "@farthing/ledger";
import { dynamoBooks } from "@farthing/ledger/dynamo";
import { table } from "./clients.ts";
import { clock } from "./clock.ts";
import { lazy } from "./lazy.ts";

/** The merchants' books. */
export const books = lazy((): Books => dynamoBooks(table("LOG")));

/** What reading the books and closing them needs. */
export const ledger = lazy((): LedgerStores => ({ books: books(), clock }));
