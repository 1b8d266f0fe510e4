import {
  billedThrough,
  createSettlement,
  createSubscription,
  planSettlements,
  putCustomer,
  takeStep,
} from "@farthing/billing";
import {
  cachedShardPlans,
  firstShardPlan,
  planRolls,
  putMeter,
  putShards,
  rollShard,
  type ShardPlans,
  type StoredBundle,
} from "@farthing/metering";
import { customerId, expectOk, merchantId } from "@farthing/money";
import { override } from "../protocol/override.ts";
import { memoryWorld, type Stores, type World } from "../protocol/stores.ts";
import { type UseCasePorts, useCasePorts } from "../protocol/use-case-ports.ts";
import { Killed } from "../support/mortal-port.ts";
import type { ExpectedAnswer } from "./answered.ts";
import type { SentEvent, SentVoid } from "./facts.ts";
import { Fate, mortalStores } from "./mortal-stores.ts";
import { meterBodyOf, planOf } from "./product-words.ts";
import { second } from "./spans.ts";
import type { Deed, Scene, Story } from "./story.ts";
import { takeEvents, takeVoid } from "./take-in.ts";

/** What a scene did, and when by the clock. Units: milliseconds. */
export interface Happening {
  readonly at: number;
  readonly deed: Scene;
  /** What a request was answered. */
  readonly answer?: ExpectedAnswer;
}

/** One merchant in memory to whom a story happens, told scene by scene. */
export class Run {
  readonly merchant = merchantId("m");
  readonly world: World = memoryWorld();
  /** Every bundle that was put, by where it lies. */
  readonly bundles = new Map<string, StoredBundle>();
  readonly happened: Happening[] = [];
  readonly story: Story;
  now: number;
  #ids = 0;
  readonly #stores: Stores;
  #plans: ShardPlans;

  constructor(story: Story, spoil: (stores: Stores) => Stores = (stores) => stores) {
    this.story = story;
    this.now = story.begins;
    this.#plans = this.#freshPlans();
    const { journal } = this.world.stores;
    const putBundle: typeof journal.putBundle = async (at, bundle) => {
      await journal.putBundle(at, bundle);
      this.bundles.set(`${at.shard}/${at.hour}/${bundle.digest}`, bundle);
    };
    this.#stores = spoil({ ...this.world.stores, journal: override(journal, { putBundle }) });
  }

  /** Sets the merchant up. */
  async begin(): Promise<void> {
    const { shardPlans, plans } = this.world.stores;
    await shardPlans.startShardPlan(this.merchant, firstShardPlan(this.now));
    for (const rule of this.story.plans) await plans.addPlan(planOf(this.merchant, rule));
  }

  /** The use cases over the stores as they are, where nobody is killed. */
  get ports(): UseCasePorts {
    return this.#portsOver(this.world.stores);
  }

  /** Lets a scene happen. */
  async tell(scene: Scene): Promise<void> {
    this.now = Math.max(this.now + 1, scene.at);
    const [at, fate] = [this.now, new Fate(scene.kills)];
    const answer = await this.#perform(scene, fate);
    this.happened.push({ at, deed: scene, ...(answer === undefined ? {} : { answer }) });
  }

  async #perform(scene: Scene, fate: Fate): Promise<Happening["answer"]> {
    if (scene.do === "send") return await this.#send(scene.events, this.now, fate);
    if (scene.do === "send again") return await this.#sendAgain(scene, fate);
    if (scene.do === "void" || scene.do === "replace") await this.#void(scene, fate);
    else if (scene.do === "tick") await this.#tick(scene, fate);
    else if (scene.do === "settle") await this.#settle(scene, fate);
    else if (scene.do !== "look") await this.#persist(fate, (ports) => this.#administer(ports, scene), { pauseMs: 0 });
    return undefined;
  }

  async #send(events: readonly SentEvent[], receivedAt: number, fate: Fate): Promise<Happening["answer"]> {
    const { merchant } = this;
    return await this.#persist(fate, (ports) => takeEvents(ports, events, { merchant, receivedAt }));
  }

  async #void(facts: { fact: SentVoid; event?: SentEvent }, fate: Fate): Promise<void> {
    const { merchant, now: receivedAt } = this;
    await this.#persist(fate, (ports) => takeVoid(ports, facts, { merchant, receivedAt }));
  }

  async #sendAgain({ sentAt }: Deed & { do: "send again" }, fate: Fate): Promise<Happening["answer"]> {
    const first = this.happened.find(({ deed }) => deed.at === sentAt);
    return first?.deed.do === "send" ? await this.#send(first.deed.events, first.at, fate) : undefined;
  }

  async #administer(ports: UseCasePorts, deed: Deed): Promise<void> {
    const { merchant, now } = this;
    if (deed.do === "meter") {
      const billed = () => billedThrough(ports.settling.settlements, merchant);
      const body = meterBodyOf(deed.rule);
      expectOk(await putMeter({ ...ports.settling, billedThrough: billed }, { merchant, key: deed.rule.key, body }));
    } else if (deed.do === "customer") {
      const { customer, do: _, ...body } = deed;
      const { timezone, plan } = body;
      expectOk(
        await putCustomer(ports.administration, { merchant, id: customerId(customer), body: { timezone, plan } }),
      );
    } else if (deed.do === "subscribe") {
      const { customer, plan, start = now } = deed;
      const ordered = { merchant, customer: customerId(customer), plan, start };
      expectOk(await createSubscription(ports.administration, ordered));
    } else if (deed.do === "grow") {
      expectOk(await putShards(ports.rolls, { merchant, count: deed.shards }));
    }
  }

  async #settle({ through, customers, left }: Deed & { do: "settle" }, fate: Fate): Promise<void> {
    const named = customers === undefined ? {} : { customers: customers.map(customerId) };
    await this.#persist(fate, ({ settling }) =>
      createSettlement(settling, { merchant: this.merchant, body: { through, ...named } }),
    );
    await this.#drain(fate, left ? this.now % 7 : Number.POSITIVE_INFINITY);
  }

  /** What schedules do: closed hours, what no writer marked, late events, and bills that are due. */
  async #tick({ bills }: Deed & { do: "tick" }, fate: Fate): Promise<void> {
    for (const reason of ["hours", "sweep"] as const) {
      await this.#persist(fate, ({ planning }) => planRolls(planning, reason));
    }
    if (bills) await this.#persist(fate, ({ settling }) => planSettlements(settling));
    await this.#drain(fate);
  }

  /** Delivers the messages that wait, at most so many; the rest are lost. */
  async #drain(fate: Fate, most = Number.POSITIVE_INFINITY): Promise<void> {
    const { rollAsks, settlementAsks } = this.world;
    for (let delivered = 0; delivered < most; delivered++) {
      const [roll, step] = [rollAsks.shift(), settlementAsks.shift()];
      if (roll === undefined && step === undefined) return;
      if (roll !== undefined) await this.#persist(fate, ({ rolls }) => rollShard(rolls, roll));
      if (step !== undefined) await this.#persist(fate, ({ settling }) => takeStep(settling, step));
    }
    rollAsks.length = 0;
    settlementAsks.length = 0;
  }

  /** Does something again and again until it was not killed. */
  async #persist<T>(fate: Fate, body: (ports: UseCasePorts) => Promise<T>, { pauseMs = 3 * second } = {}): Promise<T> {
    for (;;) {
      try {
        return await body(this.#portsOver(mortalStores(this.#stores, fate)));
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        this.#plans = this.#freshPlans();
        this.now += pauseMs;
      }
    }
  }

  #portsOver(stores: Stores): UseCasePorts {
    const clock = { now: () => this.now };
    const ids = { unique: () => String(++this.#ids) };
    return useCasePorts(stores, { clock, plans: this.#plans, ids });
  }

  /** Shard plans as a warm function keeps them. */
  #freshPlans(): ShardPlans {
    return cachedShardPlans(this.world.stores.shardPlans, { now: () => this.now });
  }
}
