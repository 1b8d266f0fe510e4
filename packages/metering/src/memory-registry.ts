import type { MerchantId } from "@farthing/money";
import { frozenCopy } from "./frozen-copy.ts";
import type { ShardPlans } from "./journal.ts";
import { type MeterSet, type MeterSets, noMeters } from "./meter.ts";
import type { ShardPlan } from "./shard.ts";
import { shardPlanText } from "./shard-plan-text.ts";

interface MemoryShardPlansOptions {
  readonly merchantsPerPage?: number;
}

/** Shard plans in memory; every answer is fresh. */
export function memoryShardPlans({ merchantsPerPage = 100 }: MemoryShardPlansOptions = {}): ShardPlans {
  return new MemoryShardPlans(merchantsPerPage);
}

/** Meter sets in memory. */
export function memoryMeterSets(): MeterSets {
  return new MemoryMeterSets();
}

class MemoryShardPlans implements ShardPlans {
  readonly #merchantsPerPage: number;
  readonly #plans = new Map<MerchantId, ShardPlan>();

  constructor(merchantsPerPage: number) {
    this.#merchantsPerPage = merchantsPerPage;
  }

  async shardPlan(merchant: MerchantId): Promise<ShardPlan> {
    const plan = this.#plans.get(merchant);
    if (plan === undefined) throw new Error(`merchant ${merchant} has no shard plan`);
    return plan;
  }

  async startShardPlan(merchant: MerchantId, plan: ShardPlan): Promise<void> {
    if (!this.#plans.has(merchant)) this.#plans.set(merchant, frozenCopy(plan));
  }

  async changeShardPlan(merchant: MerchantId, from: ShardPlan, to: ShardPlan): Promise<"changed" | "taken"> {
    const plan = this.#plans.get(merchant);
    if (plan === undefined || shardPlanText(plan) !== shardPlanText(from)) return "taken";
    this.#plans.set(merchant, frozenCopy(to));
    return "changed";
  }

  async merchants(after?: MerchantId): Promise<{ merchants: readonly MerchantId[]; next?: MerchantId }> {
    const rest = [...this.#plans.keys()].filter((merchant) => after === undefined || merchant > after).sort();
    const merchants = rest.slice(0, this.#merchantsPerPage);
    const last = merchants.at(-1);
    return rest.length > merchants.length && last !== undefined ? { merchants, next: last } : { merchants };
  }
}

class MemoryMeterSets implements MeterSets {
  readonly #sets = new Map<MerchantId, Map<number, MeterSet>>();

  async currentMeters(merchant: MerchantId): Promise<MeterSet> {
    const sets = [...(this.#sets.get(merchant)?.values() ?? [])];
    return sets.reduce((newest, set) => (set.revision > newest.revision ? set : newest), noMeters);
  }

  async metersAt(merchant: MerchantId, revision: number): Promise<MeterSet> {
    if (revision === 0) return noMeters;
    const set = this.#sets.get(merchant)?.get(revision);
    if (set === undefined) throw new Error(`merchant ${merchant} has no meter set ${revision}`);
    return set;
  }

  async publishMeters(merchant: MerchantId, set: MeterSet): Promise<"published" | "taken"> {
    if (set.revision < 1) throw new Error("revisions of meter sets count from 1");
    const sets = this.#sets.get(merchant) ?? new Map<number, MeterSet>();
    if (sets.has(set.revision)) return "taken";
    this.#sets.set(merchant, sets.set(set.revision, frozenCopy(set)));
    return "published";
  }
}
