import type { EventRefusal, RejectedEvent } from "./event.ts";
import type { Refusal } from "./event-check.ts";
import { isMembers, type Members } from "./event-data.ts";
import { keptText, maxNoted, type NotedRejection, type RejectedRequest } from "./rejections.ts";

/** How many refused events an answer names. */
export const maxRejectedListed = 1000;

const noMembers: Members = {};

/** Collects what one request had refused, for its answer and for what is remembered of it. */
export class RefusedEvents {
  readonly #rejected: RejectedEvent[] = [];
  readonly #noted: NotedRejection[] = [];
  readonly #counts = new Map<EventRefusal, number>();
  #count = 0;

  /** Takes a refused event as it was sent. */
  add(index: number, value: unknown, refusal: Refusal): void {
    const { id, customer, type } = isMembers(value) ? value : noMembers;
    const named = { index, ...textOf("id", id) };
    if (this.#count++ < maxRejectedListed) this.#rejected.push({ ...named, ...refusal });
    this.#counts.set(refusal.code, (this.#counts.get(refusal.code) ?? 0) + 1);
    if (this.#noted.length >= maxNoted) return;
    this.#noted.push({ ...named, ...textOf("customer", customer), ...textOf("type", type), ...refusal });
  }

  /** What the answer names. */
  get answer(): { readonly rejected: readonly RejectedEvent[]; readonly rejectedCount: number } {
    return { rejected: this.#rejected, rejectedCount: this.#count };
  }

  /** What is remembered. */
  get refused(): Pick<RejectedRequest, "events" | "counts"> {
    return { events: this.#noted, counts: Object.fromEntries(this.#counts) };
  }
}

function textOf<Name extends string>(name: Name, value: unknown): { readonly [key in Name]?: string } {
  const none: { readonly [key in Name]?: string } = {};
  return typeof value === "string" ? { ...none, [name]: keptText(value) } : none;
}
