import type { Price } from "@farthing/sdk";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Money } from "@/components/money.tsx";
import { type PriceStep, priceSteps, priceTerms } from "@/lib/price-words.ts";

interface Props {
  readonly prices: readonly Price[];
  readonly currency: string;
}

interface Row {
  readonly price: Price;
  readonly key: string;
}

const models: Record<Price["model"], string> = {
  per_unit: "Per unit",
  graduated: "Graduated",
  volume: "Volume",
  package: "Package",
  percentage: "Percentage",
  graduated_percentage: "Graduated percentage",
  capacity: "Capacity",
  matrix: "Matrix",
  dynamic: "Dynamic",
  flat: "Flat",
};

/** The prices of a plan, each with its amounts in full, however small: a line for each tier or cell. */
export function PriceTable({ prices, currency }: Props) {
  const columns: readonly Column<Row>[] = [
    { head: "For", grow: true, cell: ({ price }) => <For price={price} currency={currency} /> },
    { head: "Model", cell: ({ price }) => <span className="whitespace-nowrap">{models[price.model]}</span> },
    { head: "Price", end: true, cell: ({ price }) => <Steps price={price} currency={currency} /> },
  ];
  const rows = prices.map((price, index) => ({ price, key: `${index} ${price.key ?? price.model}` }));
  return <DataTable label="Prices" columns={columns} rows={rows} rowKey={({ key }) => key} />;
}

function For({ price, currency }: { readonly price: Price; readonly currency: string }) {
  const isFlat = price.model === "flat";
  const groups = Object.entries((isFlat ? undefined : price.group) ?? {}).map(([name, value]) => `${name} ${value}`);
  const terms = priceTerms(price, currency);
  return (
    <>
      <span className="font-medium text-ink">{isFlat ? (price.key ?? "The plan itself") : price.meter}</span>
      {groups.length > 0 ? <span className="pl-2 text-xs text-soft">only {groups.join(", ")}</span> : null}
      {terms.length > 0 ? <span className="block text-xs text-soft">{terms.join(" · ")}</span> : null}
    </>
  );
}

function Steps({ price, currency }: { readonly price: Price; readonly currency: string }) {
  const steps = priceSteps(price, currency);
  return steps.map((step, index) => (
    <Step key={step.scope ?? step.note} step={step} currency={currency} isFirst={index === 0} />
  ));
}

function Step({
  step,
  currency,
  isFirst,
}: {
  readonly step: PriceStep;
  readonly currency: string;
  readonly isFirst: boolean;
}) {
  const { scope, amount, share, note } = step;
  return (
    <div className={isFirst ? undefined : "pt-2"}>
      {amount === undefined ? <span className="text-ink">{share}</span> : <Money value={amount} currency={currency} />}
      <span className="block whitespace-nowrap text-xs text-soft">
        {scope === undefined ? note : `${scope}: ${note}`}
      </span>
    </div>
  );
}
