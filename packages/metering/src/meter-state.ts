import type { Decimal } from "@farthing/money";
import type { Aggregation, Sample, ValueWindow } from "./aggregations/aggregation.ts";
import { aggregationOf } from "./aggregations/index.ts";
import type { AggregationName } from "./meter.ts";
import type { Cell } from "./tally.ts";

/** One meter's state while it is folded, from cells, from events, or from both. */
export class MeterState {
  readonly #name: AggregationName;
  readonly #aggregation: Aggregation<unknown>;
  #state: unknown;

  constructor({ aggregation }: { readonly aggregation: AggregationName }) {
    this.#name = aggregation;
    this.#aggregation = aggregationOf(aggregation);
    this.#state = this.#aggregation.empty();
  }

  /** Reads back the text of a state. */
  static read(meter: { readonly aggregation: AggregationName }, text: string): MeterState {
    const state = new MeterState(meter);
    state.#state = state.#aggregation.decode(text);
    return state;
  }

  /** Adds an event. */
  add(sample: Sample): void {
    this.#state = this.#aggregation.add(this.#state, sample);
  }

  /** Adds all that another state of the same aggregation holds. */
  merge(other: MeterState): void {
    this.#state = this.#aggregation.merge(this.#state, other.#state);
  }

  /** Adds all that a cell holds. Errors: throws on a cell whose state was not kept. */
  addCell({ meter, state }: Cell): void {
    if (state === null) throw new Error(`a state of meter ${meter} was not kept`);
    this.#state = this.#aggregation.merge(this.#state, this.#aggregation.decode(state));
  }

  /** The value over a window, with what lies before it; `null` where the aggregation has none. */
  value(window: ValueWindow, before?: MeterState): Decimal | null {
    const carried = before === undefined ? this.#aggregation.empty() : before.#state;
    return this.#aggregation.value(this.#state, { window, before: carried });
  }

  /** The same state again, which may then go its own way. */
  copy(): MeterState {
    return MeterState.read({ aggregation: this.#name }, this.text);
  }

  /** The state as text. */
  get text(): string {
    return this.#aggregation.encode(this.#state);
  }
}
