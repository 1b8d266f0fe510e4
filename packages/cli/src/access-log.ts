/** A request as a web server logged it. */
export interface AccessLogEntry {
  readonly address: string;
  readonly timeMs: number;
  /** Absent where the client sent no request line that is one. */
  readonly method?: string;
  readonly status: number;
  /** Digits: a size may pass what a number holds. `-`, nothing sent, is "0". */
  readonly bytes: string;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

// Ident and user must be single words: a line with a host name in front (vhost_combined) would else bill the wrong address.
const head = String.raw`^(?<address>\S+) \S+ \S+ `;
const stamp = String.raw`\[(?<day>\d{2})/(?<month>[A-Z][a-z]{2})/(?<year>\d{4}):(?<clock>\d{2}:\d{2}:\d{2}) (?<zone>[+-]\d{4})\] `;
const tail = String.raw`"(?<request>(?:[^"\\]|\\.)*)" (?<status>\d{3}) (?<bytes>\d{1,19}|-)(?:\s.*)?$`;
const shape = new RegExp(head + stamp + tail, "s");

/**
 * Reads a line of the common or the combined log format; what follows the size is not looked at, so a cut or longer tail is fine.
 * Answers undefined for anything else.
 *
 * Source: Apache's mod_log_config, `%h %l %u %t "%r" %>s %b`.
 */
export function parseAccessLogLine(line: string): AccessLogEntry | undefined {
  const { address, day, month, year, clock, zone, request, status, bytes } = shape.exec(line)?.groups ?? {};
  if (address === undefined || bytes === undefined) return undefined;
  const timeMs = instantOf(`${year}-${monthNumber(month)}-${day}`, clock ?? "", zone ?? "");
  if (timeMs === undefined) return undefined;
  const method = /^[A-Z]{1,20}(?= )/.exec(request ?? "")?.[0];
  const size = bytes === "-" ? "0" : bytes.replace(/^0+(?=\d)/, "");
  return { address, timeMs, status: Number(status), bytes: size, ...(method === undefined ? {} : { method }) };
}

function monthNumber(name: string | undefined): string {
  return String(months.indexOf(name ?? "") + 1).padStart(2, "0");
}

/** The instant of a date, a clock and a zone such as `+0200`, if they exist. A leap second is the second after it, as in Unix time. */
function instantOf(date: string, clock: string, zone: string): number | undefined {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(":").map(Number);
  const [zoneHours, zoneMinutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3))];
  if (hours > 23 || minutes > 59 || seconds > 60 || zoneHours > 23 || zoneMinutes > 59) return undefined;
  const offsetMinutes = (zoneHours * 60 + zoneMinutes) * (zone.startsWith("-") ? -1 : 1);
  return midnight + ((hours * 60 + minutes - offsetMinutes) * 60 + seconds) * 1000;
}
