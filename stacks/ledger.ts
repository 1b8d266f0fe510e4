import { type StackContext, use } from "sst/constructs";
import { lambda } from "./_kit/lambda.ts";
import { route } from "./_kit/route.ts";
import { withoutSstHandler } from "./_kit/sst-handler.ts";
import { Shared } from "./shared.ts";

/** The books, read and closed: mirrors `functions/ledger/`. Settlements post to them where they seal. */
export function Ledger({ stack }: StackContext) {
  withoutSstHandler(stack);
  const { api, log, byHour, registry } = use(Shared);
  // Keys and their receipts are in the registry, and the books in the log, whose index finds lines by their dates.
  const books = { read: [log, registry], query: [byHour] };

  route(stack, api, "GET /v1/ledger/trial-balance", lambda(stack, "ledger/get-trial-balance", books));
  route(stack, api, "GET /v1/ledger/accounts", lambda(stack, "ledger/list-accounts", books));
  route(stack, api, "GET /v1/ledger/accounts/{id}/entries", lambda(stack, "ledger/list-entries", books));
  route(stack, api, "GET /v1/ledger/closes", lambda(stack, "ledger/list-closes", { read: [log, registry] }));

  const close = { ...books, write: [log, registry], remove: [registry] };
  route(stack, api, "POST /v1/ledger/close", lambda(stack, "ledger/close-period", close));
  // Up to 3.5 MB of text are read, written and encoded.
  const journal = lambda(stack, "ledger/export-journal", { ...books, memoryMb: 1769 });
  route(stack, api, "GET /v1/ledger/journal", journal);
}
