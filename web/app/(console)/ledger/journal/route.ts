import { exportJournal } from "@/lib/api-ledger.ts";
import { handThrough } from "@/lib/hand-through.ts";

const endings = { csv: "csv", hledger: "journal" } as const;

/** Hands through the journal as the API writes it, so that the key never reaches the browser. */
export async function GET(request: Request): Promise<Response> {
  const format = new URL(request.url).searchParams.get("format") === "hledger" ? "hledger" : "csv";
  return handThrough(await exportJournal(format), `journal.${endings[format]}`);
}
