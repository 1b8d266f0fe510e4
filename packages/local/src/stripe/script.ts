/**
 * What goes wrong with a request: `decline` a card that would work; `error_500` before it acts and `error_500_after`, both
 * remembered under its key; `rate_limited`; `closed` before it acts and `closed_after`; `timeout_after`: it acts and never
 * answers; `late`: the connection is closed, and it acts when the script says so.
 */
export const faults = [
  "decline",
  "error_500",
  "error_500_after",
  "rate_limited",
  "closed",
  "closed_after",
  "timeout_after",
  "late",
] as const;

/** One thing that goes wrong with a request. */
export type Fault = (typeof faults)[number];

/** What becomes of a webhook: it comes twice, late, or never. */
export const deliveryFaults = ["twice", "late", "never"] as const;

/** One thing that goes wrong with a webhook. */
export type DeliveryFault = (typeof deliveryFaults)[number];

/** A line of a script: the next so many of these operations, or webhooks of this type, go wrong; `*` is any. */
export type ScriptLine =
  | { readonly on: string; readonly fault: Fault; readonly times: number }
  | { readonly webhook: string; readonly fault: DeliveryFault; readonly times: number };

/** What goes wrong next. */
export interface Script {
  add(lines: readonly ScriptLine[]): void;
  faultOf(operation: string): Fault | undefined;
  deliveryFaultOf(type: string): DeliveryFault | undefined;
}

/** A script; where none of its lines fits, chance decides. */
export function openScript(chance: (operation: string) => Fault | undefined = () => undefined): Script {
  const lines: { line: ScriptLine; left: number }[] = [];
  const take = <F>(fits: (line: ScriptLine) => F | undefined): F | undefined => {
    for (const entry of lines) {
      const fault = entry.left > 0 ? fits(entry.line) : undefined;
      if (fault === undefined) continue;
      entry.left -= 1;
      return fault;
    }
    return undefined;
  };
  const isMeant = (pattern: string, name: string) => pattern === "*" || pattern === name;
  return {
    add: (more) => void lines.push(...more.map((line) => ({ line, left: line.times }))),
    faultOf: (name) =>
      take((line) => ("on" in line && isMeant(line.on, name) ? line.fault : undefined)) ?? chance(name),
    deliveryFaultOf: (type) =>
      take((line) => ("webhook" in line && isMeant(line.webhook, type) ? line.fault : undefined)),
  };
}
