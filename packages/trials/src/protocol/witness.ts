import type { Frontier, Seal, Settlement } from "@farthing/billing";
import type { ShardHour, StoredBundle } from "@farthing/metering";
import type { ClientRequest } from "./scenario.ts";
import type { StoreCall } from "./scheduler.ts";
import type { SentFact } from "./sent-fact.ts";

/** A bundle as it was first stored. */
export interface StoredPut {
  readonly at: ShardHour;
  readonly bundle: StoredBundle;
  /** The requests that put it. */
  readonly by: Set<number>;
  /** A sweep had read its shard-hour before, so that none will find it. */
  readonly afterSweep: boolean;
}

/** A request as its client knows it. Steps are logical times. */
export interface RequestState {
  readonly request: ClientRequest;
  tried: number;
  /** How many tries are under way. */
  running: number;
  begunAt: number | undefined;
  answeredAt: number | undefined;
}

/** What a settlement promised: the facts answered before it began, and how far its customers were sealed when it was done. */
export interface SettlementState {
  readonly through: number;
  readonly cutAt: "through" | "period";
  readonly before: readonly SentFact[];
  doneWith?: ReadonlyMap<string, Frontier>;
}

/** Watches the stores from outside: what was stored when, and whether anything ever went back. */
export class Witness {
  readonly puts = new Map<string, StoredPut>();
  readonly swept = new Set<string>();
  readonly requests: readonly RequestState[];
  readonly settlements = new Map<string, SettlementState>();
  readonly violations: string[] = [];
  readonly #frontiers = new Map<string, Frontier & { readonly number: number }>();
  readonly #lastEntry = new Map<string, number>();
  /** Bundles whose bytes are damaged now, and the identities of all that were. */
  readonly corrupt = new Set<string>();
  readonly damagedIdentities = new Set<string>();

  constructor(requests: readonly ClientRequest[]) {
    this.requests = requests.map((request) => ({
      request,
      tried: 0,
      running: 0,
      begunAt: undefined,
      answeredAt: undefined,
    }));
  }

  /** Notes what breaks an invariant. */
  blame(text: string): void {
    this.violations.push(text);
  }

  /** Looks at a call that reached its store. */
  see({ proc, port, method, args }: StoreCall, result: unknown): void {
    const name = `${port}.${method}`;
    if (name === "journal.putBundle") this.#seePut(args[0] as ShardHour, args[1] as StoredBundle, proc.request);
    if (name === "journal.bundles" && proc.kind === "sweep") this.swept.add(shardHourText(args[0] as ShardHour));
    if (name === "log.append" && result === "appended") {
      const [{ customer }, { number }] = args as [{ customer: string }, { number: number }];
      if (number !== (this.#lastEntry.get(customer) ?? 0) + 1)
        this.blame(`entry ${number} of ${customer} is out of order`);
      this.#lastEntry.set(customer, number);
    }
    if (name === "seals.appendSeal" && result === "sealed") this.#seeSeal(args[0] as Seal);
    if (name === "settlements.createSettlement" && result === "created") this.#seeSettlement(args[0] as Settlement);
    if (name === "settlements.advance" && result === "advanced") this.#seeAdvance(args[0] as Settlement);
  }

  /** Whether a copy or a void of an identity lay in a bundle that was ever damaged. */
  isDamaged(identity: string): boolean {
    return this.damagedIdentities.has(identity);
  }

  #seePut(at: ShardHour, bundle: StoredBundle, request: number | undefined): void {
    const key = bundleKey(at, bundle.digest);
    const put = this.puts.get(key) ?? { at, bundle, by: new Set(), afterSweep: this.swept.has(shardHourText(at)) };
    this.puts.set(key, put);
    if (request !== undefined) put.by.add(request);
  }

  #seeSeal({ customer: { customer }, number, frontier }: Seal): void {
    const last = this.#frontiers.get(customer);
    if (number !== (last?.number ?? 0) + 1) this.blame(`seal ${number} of ${customer} is out of order`);
    if (last !== undefined && (frontier.entry < last.entry || frontier.cut < last.cut)) {
      this.blame(`seal ${number} of ${customer} goes back`);
    }
    this.#frontiers.set(customer, { ...frontier, number });
  }

  #seeSettlement({ id, through, cutAt }: Settlement): void {
    const answered = this.requests.filter(({ answeredAt }) => answeredAt !== undefined);
    this.settlements.set(id, { through, cutAt, before: answered.flatMap(({ request }) => request.facts) });
  }

  #seeAdvance({ id, status }: Settlement): void {
    const state = this.settlements.get(id);
    if (status === "done" && state !== undefined) state.doneWith = new Map(this.#frontiers);
  }
}

/** Where a bundle lies. */
export function bundleKey(at: ShardHour, digest: string): string {
  return `${shardHourText(at)}/${digest}`;
}

function shardHourText({ shard, hour }: ShardHour): string {
  return `${shard}/${hour}`;
}
