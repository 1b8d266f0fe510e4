import { frozenCopy } from "@farthing/metering/memory";
import type { CustomerId, MerchantId } from "@farthing/money";
import { memoryNews } from "./memory-news.ts";
import { doneNews, type NewsDesk } from "./news.ts";
import type { ChunkRecord, Settlement, SettlementStatus, Settlements } from "./settlement.ts";

/** Settlements in memory. */
export function memorySettlements(news: NewsDesk = memoryNews()): Settlements {
  return new MemorySettlements(news);
}

/** What settlements consist of lies apart from them: chunks may be stored before the settlement that names them. */
interface Parts {
  readonly rolled: Set<number>;
  readonly chunks: Map<number, readonly CustomerId[]>;
  readonly records: Map<number, ChunkRecord>;
}

class MemorySettlements implements Settlements {
  readonly #settlements = new Map<string, Settlement>();
  readonly #parts = new Map<string, Parts>();
  readonly #news: NewsDesk;

  constructor(news: NewsDesk) {
    this.#news = news;
  }

  async createSettlement(settlement: Settlement): Promise<"created" | "exists"> {
    const key = keyOf(settlement.merchant, settlement.id);
    if (this.#settlements.has(key)) return "exists";
    this.#settlements.set(key, frozenCopy(settlement));
    return "created";
  }

  async settlement(merchant: MerchantId, id: string): Promise<Settlement | undefined> {
    return this.#settlements.get(keyOf(merchant, id));
  }

  async settlements(
    merchant: MerchantId,
    page: { after?: string; limit: number },
  ): Promise<{ settlements: readonly Settlement[]; next?: string }> {
    const rest = [...this.#settlements.values()]
      .filter((one) => one.merchant === merchant && (page.after === undefined || placeOf(one) < page.after))
      .sort((a, b) => (placeOf(a) > placeOf(b) ? -1 : 1));
    const settlements = rest.slice(0, page.limit);
    const last = settlements.at(-1);
    return rest.length > settlements.length && last !== undefined
      ? { settlements, next: placeOf(last) }
      : { settlements };
  }

  async unfinished(): Promise<readonly Settlement[]> {
    return [...this.#settlements.values()].filter(({ status }) => status === "rolling" || status === "settling");
  }

  async advance(settlement: Settlement, from: SettlementStatus): Promise<"advanced" | "stale"> {
    const key = keyOf(settlement.merchant, settlement.id);
    if (settlement.status === "done") await this.#news.noteNews(doneNews(settlement));
    if (this.#settlements.get(key)?.status !== from) return "stale";
    this.#settlements.set(key, frozenCopy(settlement));
    return "advanced";
  }

  async noteShardRolled(merchant: MerchantId, settlement: string, shard: number): Promise<void> {
    this.#of(merchant, settlement).rolled.add(shard);
  }

  async shardsRolled(merchant: MerchantId, settlement: string): Promise<readonly number[]> {
    return [...this.#of(merchant, settlement).rolled].sort((a, b) => a - b);
  }

  async putChunk(merchant: MerchantId, id: string, chunk: number, customers: readonly CustomerId[]): Promise<void> {
    const { chunks } = this.#of(merchant, id);
    if (!chunks.has(chunk)) chunks.set(chunk, frozenCopy(customers));
  }

  async chunk(merchant: MerchantId, settlement: string, chunk: number): Promise<readonly CustomerId[] | undefined> {
    return this.#of(merchant, settlement).chunks.get(chunk);
  }

  async recordChunk(merchant: MerchantId, settlement: string, record: ChunkRecord): Promise<void> {
    const { records } = this.#of(merchant, settlement);
    if (!records.has(record.chunk)) records.set(record.chunk, frozenCopy(record));
  }

  async chunkRecords(merchant: MerchantId, settlement: string): Promise<readonly ChunkRecord[]> {
    return [...this.#of(merchant, settlement).records.values()].sort((a, b) => a.chunk - b.chunk);
  }

  #of(merchant: MerchantId, settlement: string): Parts {
    const key = keyOf(merchant, settlement);
    const parts = this.#parts.get(key) ?? { rolled: new Set(), chunks: new Map(), records: new Map() };
    this.#parts.set(key, parts);
    return parts;
  }
}

function keyOf(merchant: MerchantId, id: string): string {
  return `${merchant}#${id}`;
}

function placeOf({ createdAt, id }: Settlement): string {
  return `${String(createdAt).padStart(15, "0")}#${id}`;
}
