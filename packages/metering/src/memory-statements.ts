import { frozenCopy } from "./frozen-copy.ts";
import type { Hour } from "./hour.ts";
import { checkBlob } from "./memory-limits.ts";
import type { CustomerRef, CustomerRegister, Statement, StatementLog } from "./statement.ts";

/** Logs of statements in memory. */
export function memoryStatementLog(): StatementLog {
  return new MemoryStatementLog();
}

/** A register of customers in memory, for tests of metering alone; `noted` lists them in the order of their first note. */
export function memoryCustomerRegister(): CustomerRegister & { readonly noted: readonly CustomerRef[] } {
  const noted = new Map<string, CustomerRef>();
  return {
    async noteCustomer({ merchant, customer }) {
      const key = customerKey({ merchant, customer });
      if (!noted.has(key)) noted.set(key, Object.freeze({ merchant, customer }));
    },
    get noted() {
      return [...noted.values()];
    },
  };
}

class MemoryStatementLog implements StatementLog {
  readonly #entries = new Map<string, Map<number, Statement>>();
  readonly #chunks = new Map<string, Uint8Array>();

  async append(customer: CustomerRef, statement: Statement): Promise<"appended" | "taken"> {
    const key = customerKey(customer);
    const log = this.#entries.get(key) ?? new Map<number, Statement>();
    if (log.has(statement.number)) return "taken";
    if (statement.page.kind === "inline") checkBlob(statement.page.blob);
    this.#entries.set(key, log.set(statement.number, frozenCopy(statement)));
    return "appended";
  }

  async lastNumber(customer: CustomerRef): Promise<number> {
    return this.#sorted(customer).at(-1)?.number ?? 0;
  }

  async entriesFrom(customer: CustomerRef, number: number): Promise<readonly Statement[]> {
    return this.#sorted(customer)
      .filter((entry) => entry.number >= number)
      .map(copyOf);
  }

  async entriesOfHours(customer: CustomerRef, from: Hour, to: Hour): Promise<readonly Statement[]> {
    return this.#sorted(customer)
      .filter(({ hour }) => from <= hour && hour < to)
      .sort((a, b) => a.hour - b.hour || a.number - b.number)
      .map(copyOf);
  }

  async entriesWithVoids(customer: CustomerRef): Promise<readonly Statement[]> {
    return this.#sorted(customer)
      .filter(({ counts }) => counts.voids > 0)
      .map(copyOf);
  }

  async putChunk(customer: CustomerRef, key: string, index: number, blob: Uint8Array): Promise<void> {
    checkBlob(blob);
    this.#chunks.set(chunkKey(customer, key, index), blob.slice());
  }

  async chunk(customer: CustomerRef, key: string, index: number): Promise<Uint8Array> {
    const blob = this.#chunks.get(chunkKey(customer, key, index));
    if (blob === undefined) throw new Error(`chunk ${index} of ${key} is missing`);
    return blob.slice();
  }

  #sorted(customer: CustomerRef): Statement[] {
    return [...(this.#entries.get(customerKey(customer))?.values() ?? [])].sort((a, b) => a.number - b.number);
  }
}

/** The parts that cannot be frozen are copied, so that nobody writes into the log. */
function copyOf(statement: Statement): Statement {
  const { page, fingerprints } = statement;
  return {
    ...statement,
    page: page.kind === "inline" ? { kind: "inline", blob: page.blob.slice() } : page,
    ...(fingerprints === undefined ? {} : { fingerprints: fingerprints.slice() }),
  };
}

function customerKey({ merchant, customer }: CustomerRef): string {
  return `${merchant}#${customer}`;
}

function chunkKey(customer: CustomerRef, key: string, index: number): string {
  return `${customerKey(customer)}#${key}#${index}`;
}
