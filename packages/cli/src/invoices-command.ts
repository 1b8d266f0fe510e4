import { FarthingClient, type InvoiceQuery, type InvoiceStatus, type InvoiceSummary } from "@farthing/sdk";
import type { Command } from "commander";
import { table } from "./table.ts";
import { findTarget, type TargetFlags, withTargetFlags } from "./target.ts";
import type { Terminal } from "./terminal.ts";
import { wholeNumber } from "./whole-number.ts";

interface InvoicesFlags extends TargetFlags {
  readonly customer?: string;
  readonly status?: InvoiceStatus;
  readonly settlement?: string;
  readonly number?: number;
  readonly limit: number;
}

/** `farthing invoices` and `farthing invoice`: what was billed. */
export function addInvoicesCommands(program: Command, terminal: Terminal): void {
  const list = program
    .command("invoices")
    .description("list invoices")
    .option("--customer <id>", "of one customer")
    .option("--status <status>", "draft, sealed, paid, past_due, void, uncollectible or carried")
    .option("--settlement <id>", "of one settlement")
    .option("--number <number>", "the one of a number", wholeNumber(1, 999_999_999_999))
    .option("--limit <invoices>", "how many at most", wholeNumber(1, 999_999_999), 50);
  withTargetFlags(list).action((flags: InvoicesFlags) => listInvoices(flags, terminal));
  const one = program.command("invoice").description("show an invoice with its lines").argument("<id>", "the invoice");
  withTargetFlags(one).action((id: string, flags: TargetFlags) => showInvoice(id, flags, terminal));
  const pdf = program
    .command("pdf")
    .description("write an invoice as PDF to the standard output")
    .argument("<invoice>", "the invoice's id");
  withTargetFlags(pdf).action((id: string, flags: TargetFlags) => writePdf(id, flags, terminal));
}

async function writePdf(id: string, flags: TargetFlags, terminal: Terminal): Promise<void> {
  const response = await new FarthingClient(findTarget(flags, terminal)).invoices.pdf(id);
  await terminal.out(new Uint8Array(await response.arrayBuffer()));
}

async function listInvoices(flags: InvoicesFlags, terminal: Terminal): Promise<void> {
  const { customer, status, settlement, number, limit } = flags;
  const query: InvoiceQuery = {
    limit: Math.min(limit, 500),
    ...(customer === undefined ? {} : { customer }),
    ...(status === undefined ? {} : { status }),
    ...(settlement === undefined ? {} : { settlement }),
    ...(number === undefined ? {} : { number }),
  };
  const invoices: InvoiceSummary[] = [];
  let isWhole = true;
  for await (const invoice of new FarthingClient(findTarget(flags, terminal)).invoices.each(query)) {
    isWhole = invoices.length < limit;
    if (!isWhole) break;
    invoices.push(invoice);
  }
  await terminal.out(flags.json ? `${JSON.stringify(invoices)}\n` : tableOf(invoices));
  if (!isWhole) terminal.note(`there are more than ${limit}; --limit shows more`);
}

function tableOf(invoices: readonly InvoiceSummary[]): string {
  if (invoices.length === 0) return "no invoices\n";
  const names = ["number", "invoice", "customer", "status", "from", "to", "events", "exact", "total", "carried"];
  const columns = names.map((heading, at) => ({ heading, isNumber: at === 0 || at > 5 }));
  return table(
    [...columns, { heading: "currency" }],
    invoices.map(({ number, id, customer, status, period, events, exact, total, carriedOut, currency }) => {
      return [number ?? "", id, customer, status, period.from, period.to, events, exact, total, carriedOut, currency];
    }),
  );
}

async function showInvoice(id: string, flags: TargetFlags, terminal: Terminal): Promise<void> {
  const invoice = await new FarthingClient(findTarget(flags, terminal)).invoices.get(id);
  const columns = ["line", "quantity", "exact", "amount"].map((heading, at) => ({ heading, isNumber: at > 0 }));
  const lines = invoice.lines.map(({ description, quantity, exact, amount }) => [description, quantity, exact, amount]);
  const { exact, carriedIn, total, carriedOut, currency } = invoice;
  const sums = `exact ${exact} + carried in ${carriedIn} = total ${total} + carried out ${carriedOut} ${currency}\n`;
  const words = `${tableOf([invoice])}\n${table(columns, lines)}\n${sums}`;
  await terminal.out(flags.json ? `${JSON.stringify(invoice)}\n` : words);
}
