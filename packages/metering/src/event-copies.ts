import type { ParsedEvent } from "./event.ts";

/**
 * Finds exact copies among the events of one request: same identity, same content.
 *
 * Most ids occur once, so content is spelled out only where an id is seen again; each spelling is made once, so that many
 * events of one id stay cheap.
 */
export class EventCopies {
  private readonly first = new Map<string, ParsedEvent>();
  private readonly spelled = new Set<string>();

  /** Whether an equal event was seen before. */
  seen(event: ParsedEvent): boolean {
    const first = this.first.get(event.id);
    if (first === undefined) {
      this.first.set(event.id, event);
      return false;
    }
    this.spelled.add(spell(first));
    const text = spell(event);
    if (this.spelled.has(text)) return true;
    this.spelled.add(text);
    return false;
  }
}

function spell({ customer, source, id, type, time, serverTime, data }: ParsedEvent): string {
  return JSON.stringify([customer, source ?? "", id, type, serverTime ? null : time, data]);
}
