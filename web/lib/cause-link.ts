const invoiceCauses = ["invoice_sealed", "invoice_voided", "invoice_written_off", "write_off_reversed"];

/** The page of what posted an entry, where the console has one: a settlement, or an invoice. */
export function causeLink(cause: string): string | undefined {
  const [kind = ""] = cause.split(":", 1);
  const id = encodeURIComponent(cause.slice(kind.length + 1));
  if (id === "") return undefined;
  if (kind === "settlement") return `/settlements/${id}`;
  return invoiceCauses.includes(kind) ? `/invoices/${id}` : undefined;
}
