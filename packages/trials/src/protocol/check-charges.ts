import { listCharges, type SealedInvoice } from "@farthing/billing";
import { customers } from "./catalogue.ts";
import { picosOfText } from "./exact.ts";
import type { History } from "./history.ts";
import type { UseCasePorts } from "./use-case-ports.ts";

/** Reads the charges behind some customer's newest invoices, page by page, and adds them up. */
export async function readCharges(history: History): Promise<void> {
  const name = history.random.pick(customers);
  const limit = history.random.pick([1, 3, 100]);
  await history.run("reader", async ({ settling }) => {
    const seal = await settling.seals.latestSeal(history.customer(name));
    for (const invoice of seal?.invoices ?? []) {
      await checkCharges(history, settling, { customer: name, seal: seal?.number ?? 0, invoice, limit });
    }
  });
}

/** Holds the charges of an invoice against the exact amounts of its metered lines. */
export async function checkCharges(
  { merchant, witness }: History,
  ports: UseCasePorts["settling"],
  {
    customer,
    seal,
    invoice,
    limit,
  }: { readonly customer: string; readonly seal: number; readonly invoice: SealedInvoice; readonly limit: number },
): Promise<void> {
  const id = `inv_${customer}_${seal}_${invoice.currency}`;
  let [sum, after] = [0n, undefined as string | undefined];
  do {
    const page = await listCharges(ports, { merchant, id, limit, ...(after === undefined ? {} : { after }) });
    if (!page.ok) return witness.blame(`charges of ${id} are not found`);
    for (const { amount, running } of page.value.items) {
      sum += picosOfText(amount);
      if (picosOfText(running) !== sum) witness.blame(`the running sum of ${id} is ${running}, not ${sum} picos`);
    }
    after = page.value.next;
  } while (after !== undefined);
  const metered = invoice.lines.filter(({ meter }) => meter !== undefined).reduce((all, { exact }) => all + exact, 0n);
  if (sum !== metered) witness.blame(`charges of ${id} come to ${sum} picos, its metered lines to ${metered}`);
}
