import { type TimeDetail, timeText, utcText } from "@/lib/times.ts";

interface Props {
  readonly at: string;
  readonly zone: string;
  readonly detail?: TimeDetail;
}

/** A moment in the merchant's zone; UTC appears on hover. */
export function Moment({ at, zone, detail = "minute" }: Props) {
  return (
    <time dateTime={at} title={utcText(at)} className="whitespace-nowrap">
      {timeText(at, zone, detail)}
    </time>
  );
}
