import { Temporal } from "temporal-polyfill";
import type { Language } from "./party.ts";

/**
 * A plain decimal with its thousands apart, as both languages write it; no digit is lost or rounded.
 *
 * Written here, and not by the runtime's own tables: those change from version to version, and a document would with them.
 */
export function numberText(decimal: string): string {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)(\.\d+)?$/.exec(decimal) ?? [];
  return `${sign}${whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ",")}${fraction}`;
}

/** An amount with its currency, which stands first in English and last in Korean. */
export function moneyText(decimal: string, currency: string, language: Language): string {
  const number = numberText(decimal);
  if (language === "en") return `${currency} ${number}`;
  return currency === "KRW" ? `${number}원` : `${number} ${currency}`;
}

const months = "January February March April May June July August September October November December".split(" ");

function dayText({ year, month, day }: Temporal.PlainDate, language: Language): string {
  return language === "en" ? `${day} ${months[month - 1]} ${year}` : `${year}년 ${month}월 ${day}일`;
}

function zoned(instantMs: number, timezone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timezone);
}

/** The day of an instant in a zone. Units: milliseconds. */
export function dateText(instantMs: number, timezone: string, language: Language): string {
  return dayText(zoned(instantMs, timezone).toPlainDate(), language);
}

/**
 * A period in a zone: its first and its last day where it is made of whole days, else both instants to the minute.
 *
 * Units: milliseconds; `to` is no part of the period.
 */
export function periodText(
  { from, to }: { readonly from: number; readonly to: number },
  { timezone, language }: { readonly timezone: string; readonly language: Language },
): string {
  const [start, end] = [zoned(from, timezone), zoned(to, timezone)];
  const isDay = (time: Temporal.ZonedDateTime) => time.equals(time.startOfDay());
  const days = [start.toPlainDate(), end.toPlainDate().subtract({ days: 1 })] as const;
  const whole = from < to && isDay(start) && isDay(end);
  const shown = whole
    ? days.map((day) => dayText(day, language))
    : [start, end].map((time) => momentText(time, language));
  return [...new Set(shown)].join(" – ");
}

function momentText(time: Temporal.ZonedDateTime, language: Language): string {
  return `${dayText(time.toPlainDate(), language)} ${time.toPlainTime().toString({ smallestUnit: "minute" })}`;
}
