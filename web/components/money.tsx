import { fractionDigits } from "@/lib/decimal.ts";
import { minorDigits, moneyParts } from "@/lib/money-text.ts";

interface Props {
  /** The exact amount, as the API writes it; it stands in the document unchanged. */
  readonly value: string;
  readonly currency: string;
  /** Decimals that the column is aligned to; shorter amounts are padded with blanks of the same width. */
  readonly align?: number;
}

/** An exact amount with its currency. What lies below the currency's own decimals is set softer, and never cut. */
export function Money({ value, currency, align = 0 }: Props) {
  const { units, minor, below } = moneyParts(value, currency);
  const fraction = minor + below;
  const missing = Math.max(0, align - fraction.length);
  return (
    <data value={value} data-currency={currency} className="whitespace-nowrap text-ink">
      {units}
      {fraction === "" ? null : `.${minor}`}
      {below === "" ? null : <span className="text-soft">{below}</span>}
      {missing > 0 ? (
        <span className="invisible select-none" aria-hidden>
          {fraction === "" ? "." : ""}
          {"0".repeat(missing)}
        </span>
      ) : null}
      <span className="inline-block min-w-[2.125rem] pl-1.5 text-left text-xs font-normal text-soft"> {currency}</span>
    </data>
  );
}

/** The decimals to which a column of amounts is aligned. */
export function alignment(amounts: readonly { readonly value: string; readonly currency: string }[]): number {
  return Math.max(0, ...amounts.map(({ value, currency }) => Math.max(fractionDigits(value), minorDigits(currency))));
}
