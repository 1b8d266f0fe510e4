import type { SentEvent, SentVoid } from "./facts.ts";
import type { MeterRule, PlanRule } from "./rules.ts";

/**
 * How what is done is killed on its way: before or after the `call`-th store call since it began or was last killed. It is
 * then done again, some seconds later.
 */
export interface Kill {
  readonly call: number;
  readonly acted: boolean;
}

/** What happens at one moment. */
export type Deed =
  | { readonly do: "send"; readonly events: readonly SentEvent[] }
  | { readonly do: "send again"; readonly sentAt: number }
  | { readonly do: "void"; readonly fact: SentVoid }
  | { readonly do: "replace"; readonly fact: SentVoid; readonly event: SentEvent }
  | { readonly do: "meter"; readonly rule: MeterRule }
  | { readonly do: "customer"; readonly customer: string; readonly timezone: string; readonly plan?: string }
  | { readonly do: "subscribe"; readonly customer: string; readonly plan: string; readonly start?: number }
  | { readonly do: "grow"; readonly shards: number }
  | { readonly do: "settle"; readonly through: number; readonly customers?: readonly string[]; readonly left: boolean }
  | { readonly do: "tick"; readonly bills: boolean }
  | { readonly do: "look"; readonly from: number; readonly to: number };

/** A deed with its moment, at which the clock stands. No two deeds share one. Units: milliseconds. */
export type Scene = { readonly at: number; readonly kills: readonly Kill[] } & Deed;

/** One merchant's month, as a seed tells it. Units: milliseconds. */
export interface Story {
  readonly seed: number;
  readonly begins: number;
  /** When all is settled for the last time. */
  readonly ends: number;
  readonly customers: readonly { readonly id: string; readonly zone: string }[];
  readonly plans: readonly PlanRule[];
  readonly scenes: readonly Scene[];
}

/** A scene in few words. */
export function sceneText(scene: Scene): string {
  const { at, kills, ...deed } = scene;
  const killed = kills.map(({ call, acted }) => `, killed ${acted ? "after" : "before"} call ${call}`).join("");
  return `${new Date(at).toISOString()} ${deedText(deed)}${killed}`;
}

function deedText(deed: Deed): string {
  if (deed.do !== "send") return JSON.stringify(deed);
  return `send ${deed.events.length}: ${deed.events.map(eventText).join(" ")}`;
}

function eventText({ customer, source, id, type, time, data }: SentEvent): string {
  const when = time === undefined ? "now" : new Date(time).toISOString();
  return `${customer}/${source ?? ""}/${id}@${when} ${type} ${JSON.stringify(data)}`;
}
