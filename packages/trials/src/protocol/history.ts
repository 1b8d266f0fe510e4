import type { CustomerRef } from "@farthing/metering";
import { customerId, type MerchantId, merchantId } from "@farthing/money";
import { setUp } from "./catalogue.ts";
import { Containers, drawSkewMs } from "./containers.ts";
import { damagedJournal } from "./damage.ts";
import { gatedStores } from "./gated-stores.ts";
import type { Mutation } from "./mutation.ts";
import { override } from "./override.ts";
import { type Random, seededRandom } from "./random.ts";
import { drawScenario, type Scenario } from "./scenario.ts";
import { type Ending, type FailingCall, type Proc, type ProcKind, Scheduler, StoreFault } from "./scheduler.ts";
import { memoryWorld, type Stores, type World } from "./stores.ts";
import { dawn } from "./timeline.ts";
import { type UseCasePorts, useCasePorts } from "./use-case-ports.ts";
import { Witness } from "./witness.ts";

/** What a history is made of. */
export interface HistoryOptions {
  readonly seed: number;
  readonly mutation?: Mutation | undefined;
  /** The one call of the crowded part that fails, and how; without it, calls fail as the seed says. */
  readonly failing?: FailingCall | undefined;
  /** Where it happens; in memory where nothing else is said. */
  readonly world?: World | undefined;
  readonly merchant?: MerchantId | undefined;
  readonly trace?: ((line: string) => void) | undefined;
}

interface RunOptions {
  readonly skewMs?: number;
  readonly request?: number;
  readonly ended?: (how: Ending) => void;
}

/** One run of a world from its seed: the clock, the stores, and the processes that share them. */
export class History {
  readonly seed: number;
  readonly merchant: MerchantId;
  readonly random: Random;
  readonly scenario: Scenario;
  readonly scheduler: Scheduler;
  readonly witness: Witness;
  readonly world: World;
  /** The stores without turns and faults, as they really are. */
  readonly stores: Stores;
  readonly #mutation: Mutation | undefined;
  readonly #containers: Containers;
  /** The ports behind which nothing changes in this history. */
  readonly #still: ReadonlySet<keyof Stores>;
  #ids = 0;
  now = dawn;

  constructor({ seed, mutation, failing, world = memoryWorld(), merchant = merchantId("m"), trace }: HistoryOptions) {
    this.seed = seed;
    this.merchant = merchant;
    this.#mutation = mutation;
    this.random = seededRandom(seed);
    this.scenario = drawScenario(this.random);
    this.witness = new Witness(this.scenario.requests);
    this.world = world;
    const { customersPerPage, tasks } = this.scenario;
    this.#still = new Set(tasks.some(({ kind }) => kind === "meter") ? ["plans"] : ["plans", "meters"]);
    const { customers } = world.stores;
    this.stores = {
      ...world.stores,
      journal: damagedJournal(world.stores.journal, this.witness),
      customers: override(customers, {
        customers: (id, page) => customers.customers(id, { ...page, limit: Math.min(page.limit, customersPerPage) }),
      }),
    };
    this.#containers = new Containers(() => this.now);
    this.scheduler = new Scheduler({
      random: this.random,
      now: () => this.now,
      failing,
      onEffect: (call, result) => this.witness.see(call, result),
      trace: trace && ((line) => trace(`${String(this.scheduler.step).padStart(5)} ${clockText(this.now)} ${line()}`)),
    });
  }

  /** Sets the merchant up, before anything can fail. */
  async begin(): Promise<void> {
    await setUp(this.stores, this.merchant, this.scenario);
  }

  /** Starts a process of product code. */
  async run(
    kind: ProcKind,
    body: (ports: UseCasePorts, proc: Proc) => Promise<void>,
    { skewMs = drawSkewMs(this.random), request, ended }: RunOptions = {},
  ): Promise<void> {
    if (this.#mutation?.skips?.(kind)) {
      ended?.("done");
      return;
    }
    const skew = skewMs + (this.#mutation?.clockShiftMs?.(kind) ?? 0);
    const container = this.#containers.take(skew, this.stores.shardPlans);
    await this.scheduler.start(
      { kind, request },
      async (proc) => {
        const gated = gatedStores(this.stores, { scheduler: this.scheduler, proc, still: this.#still });
        const stores = this.#mutation?.stores?.(gated, proc) ?? gated;
        container.reads = stores.shardPlans;
        const ids = { unique: () => String(++this.#ids) };
        await body(useCasePorts(stores, { clock: container.clock, plans: container.plans, ids }), proc);
      },
      (how, error) => {
        this.#containers.release(container, { died: how === "died" });
        if (error !== undefined && !(error instanceof StoreFault)) this.witness.blame(`${kind} threw: ${error.stack}`);
        ended?.(how);
      },
    );
  }

  /** A customer as the product names it. */
  readonly customer = (name: string): CustomerRef => ({ merchant: this.merchant, customer: customerId(name) });
}

function clockText(instantMs: number): string {
  return new Date(instantMs).toISOString().slice(8, 23);
}
