import { grouped } from "@/lib/decimal.ts";

interface Props {
  readonly value: string;
  readonly unit?: string | undefined;
}

/** An exact quantity, in groups of three, with its unit where it has one. */
export function Quantity({ value, unit }: Props) {
  return (
    <data value={value} className="whitespace-nowrap text-ink">
      {grouped(value)}
      {unit ? <span className="pl-1 text-xs font-normal text-soft"> {unit}</span> : null}
    </data>
  );
}
