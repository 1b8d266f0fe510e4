import { printInvoice } from "@/lib/api.ts";
import { handThrough } from "@/lib/hand-through.ts";

interface Context {
  readonly params: Promise<{ readonly invoice: string }>;
}

/** Hands through an invoice's document as the API prints it, so that the key never reaches the browser. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const id = decodeURIComponent((await params).invoice);
  return handThrough(await printInvoice(id), `${id}.pdf`);
}
