import type { Price } from "@farthing/sdk";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Money } from "@/components/money.tsx";
import { grouped } from "@/lib/decimal.ts";

interface Props {
  readonly prices: readonly Price[];
  readonly currency: string;
}

interface Row {
  readonly price: Price;
  readonly key: string;
}

const models: Record<Price["model"], string> = { per_unit: "Per unit", flat: "Flat" };

/** The prices of a plan, each with its unit price in full, however small. */
export function PriceTable({ prices, currency }: Props) {
  const columns: readonly Column<Row>[] = [
    { head: "For", grow: true, cell: ({ price }) => <For price={price} /> },
    { head: "Model", cell: ({ price }) => <span className="whitespace-nowrap">{models[price.model]}</span> },
    { head: "Price", end: true, cell: ({ price }) => <Amount price={price} currency={currency} /> },
  ];
  const rows = prices.map((price, index) => ({ price, key: `${index} ${price.key ?? price.model}` }));
  return <DataTable label="Prices" columns={columns} rows={rows} rowKey={({ key }) => key} />;
}

function For({ price }: { readonly price: Price }) {
  const groups = Object.entries(price.group ?? {}).map(([name, value]) => `${name} ${value}`);
  const name = price.model === "per_unit" ? price.meter : (price.key ?? "The plan itself");
  return (
    <>
      <span className="font-medium text-ink">{name}</span>
      {groups.length > 0 ? <span className="pl-2 text-xs text-soft">only {groups.join(", ")}</span> : null}
    </>
  );
}

function Amount({ price, currency }: { readonly price: Price; readonly currency: string }) {
  const [value, note] =
    price.model === "per_unit"
      ? [price.unitPrice, `per ${price.per && price.per !== "1" ? grouped(price.per) : "unit"}`]
      : [price.amount, price.timing === "in_advance" ? "in advance" : "in arrears"];
  return (
    <>
      <Money value={value} currency={currency} />
      <span className="block whitespace-nowrap text-xs text-soft">{note}</span>
    </>
  );
}
