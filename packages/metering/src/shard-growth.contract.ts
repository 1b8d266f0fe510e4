import { type CustomerId, customerId, type MerchantId } from "@farthing/money";
import { expect, test } from "vitest";
import { hourOf } from "./hour.ts";
import type { ShardPlans } from "./journal.ts";
import { event, hourMs, meters, minute } from "./metering.fixture.ts";
import { readNews } from "./news.ts";
import { pagesOf } from "./pages.ts";
import { rollShard } from "./plan-rolls.ts";
import { putShards } from "./put-shards.ts";
import { firstShardPlan, shardsEver } from "./shard.ts";
import { cachedShardPlans } from "./shard-plan-cache.ts";
import type { ShardRollStores } from "./shard-roll.ts";
import { storeFacts } from "./store-facts.ts";

/** The stores of a merchant of the test's own. */
export type GrowingStores = Omit<ShardRollStores, "clock"> & { readonly merchant: MerchantId };

const start = Date.UTC(2026, 2, 2, 10);
const hours = 5;
const customers = Array.from({ length: 40 }, (_, i) => customerId(`customer-${i}`));

/** A merchant's growth from 1 to 64 shards while functions that keep older plans go on writing. */
export function shardGrowthContract(name: string, open: () => GrowingStores): void {
  test(`${name}: growing from 1 to 64 shards in the middle of ingest loses and doubles nothing`, async () => {
    const growth = new Growth(open());
    await growth.begin();
    for (let at = start; at < start + hours * hourMs; at += 20 * minute) await growth.work(at);
    await growth.finish();
    expect(await growth.logs()).toEqual(growth.sent);
    expect((await growth.bundles()).size).toBeGreaterThan(20);
  }, 120_000);
}

class Growth {
  /** The ids that each customer sent, in order. */
  readonly sent: Record<CustomerId, string[]> = {};
  readonly #stores: ShardRollStores;
  readonly #merchant: MerchantId;
  /** Three functions, each with a plan that it read at a time of its own. */
  readonly #writers: readonly ShardPlans[];
  #now = start;

  constructor({ merchant, ...stores }: GrowingStores) {
    const clock = { now: () => this.#now };
    this.#merchant = merchant;
    this.#stores = { ...stores, clock };
    this.#writers = [0, 1, 2].map(() => cachedShardPlans(stores.plans, clock));
    for (const customer of customers) this.sent[customer] = [];
  }

  async begin(): Promise<void> {
    await this.#stores.plans.startShardPlan(this.#merchant, firstShardPlan(start));
    await this.#stores.meters.publishMeters(this.#merchant, meters);
  }

  /** Each function stores a batch that the next one stores again later; in the second hour the count is set. */
  async work(at: number): Promise<void> {
    this.#now = at;
    if (at === start + hourMs) await putShards(this.#stores, { merchant: this.#merchant, count: 64 });
    for (const [index, plans] of this.#writers.entries()) {
      this.#now += minute;
      const facts = customers.map((customer, i) => {
        const id = `${at}.${index}`;
        this.sent[customer]?.push(id);
        // Some lie in the hour before or, by minutes, in the next.
        return event(id, this.#now + ((i % 4) - 2) * 25 * minute + (i % 4 === 3 ? -21 * minute : 0), { customer });
      });
      for (const writer of [plans, this.#writers[(index + 1) % 3] ?? plans]) {
        const request = { merchant: this.#merchant, facts, receivedAt: at };
        expect((await storeFacts({ ...this.#stores, plans: writer }, request)).ok).toBe(true);
        this.#now += 3 * minute;
      }
    }
    // Once an hour has closed; until the next one does there is nothing to roll.
    if (at % hourMs === 0) await this.#roll("hours");
  }

  async finish(): Promise<void> {
    this.#now += 4 * hourMs;
    for (const reason of ["hours", "sweep", "marks"] as const) await this.#roll(reason);
    const range = { from: hourOf(start - hourMs), to: hourOf(this.#now) };
    expect(await readNews(this.#stores, { merchant: this.#merchant, ...range })).toEqual(new Map());
  }

  /** The ids of the events that statements count, by customer. */
  async logs(): Promise<Readonly<Record<CustomerId, readonly string[]>>> {
    const { log } = this.#stores;
    const all = customers.map(async (customer) => {
      const ref = { merchant: this.#merchant, customer };
      const ids: string[] = [];
      for (const statement of await log.entriesFrom(ref, 1)) {
        const rows = (await pagesOf(log, ref, statement)).flatMap((page) =>
          Array.from({ length: page.count }, (_, row) => page.id(row)),
        );
        ids.push(...rows.slice(0, statement.counts.events));
      }
      return [customer, ids.sort()] as const;
    });
    return Object.fromEntries(await Promise.all(all));
  }

  /** The shards that hold bundles. */
  async bundles(): Promise<ReadonlySet<number>> {
    const used = new Set<number>();
    for (const { shard } of await this.#shards()) {
      for (let at = start; at < this.#now && !used.has(shard); at += hourMs) {
        const page = await this.#stores.journal.bundles({ merchant: this.#merchant, shard, hour: hourOf(at) });
        if (page.bundles.length > 0) used.add(shard);
      }
    }
    return used;
  }

  async #roll(reason: "hours" | "sweep" | "marks"): Promise<void> {
    for (const { shard } of await this.#shards())
      await rollShard(this.#stores, { shard: { merchant: this.#merchant, shard }, reason });
  }

  async #shards() {
    return shardsEver(await this.#stores.plans.shardPlan(this.#merchant, { fresh: true }));
  }
}
