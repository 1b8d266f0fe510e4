import { printCreditNote } from "@/lib/api-invoices.ts";
import { handThrough } from "@/lib/hand-through.ts";

interface Context {
  readonly params: Promise<{ readonly note: string }>;
}

/** Hands through a credit note's document as the API prints it, so that the key never reaches the browser. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const id = decodeURIComponent((await params).note);
  return handThrough(await printCreditNote(id), `credit-note-${id}.pdf`);
}
