import { periodWords, utcText } from "@/lib/times.ts";

interface Props {
  readonly period: { readonly from: string; readonly to: string };
  readonly zone: string;
  /** Keeps it on one line, as a table's column should. */
  readonly oneLine?: boolean;
}

/** A half-open period in the merchant's zone; both of its moments in UTC appear on hover. */
export function Period({ period: { from, to }, zone, oneLine = false }: Props) {
  const { first, last } = periodWords(from, to, zone);
  return (
    <span title={`From ${utcText(from)} up to ${utcText(to)}`} className={oneLine ? "whitespace-nowrap" : undefined}>
      <time dateTime={from}>{first}</time>
      {last === undefined ? null : (
        <>
          {" to "}
          <time dateTime={to}>{last}</time>
        </>
      )}
    </span>
  );
}
