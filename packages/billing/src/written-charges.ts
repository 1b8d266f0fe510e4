import {
  type CustomerRef,
  hourOf,
  hourPlus,
  type Page,
  pageAt,
  rowsPerPage,
  type Statement,
  type StatementLog,
} from "@farthing/metering";
import { unpackBlock, type WrittenCharge } from "./charge-block.ts";
import type { ChargeIndex } from "./charge-index.ts";
import { type ChargePlace, isBefore, openingHour } from "./charge-position.ts";
import type { ChargeStep } from "./charge-walk.ts";
import type { FoundInvoice } from "./live-invoice.ts";
import { type LogRow, rowAt } from "./sealed-rows.ts";

/** Goes through the written charges of an invoice from a place on, of all lines or of one: reads what it gives, and no more. */
export async function* writtenCharges(
  log: StatementLog,
  { seal: { customer }, invoice }: FoundInvoice,
  index: ChargeIndex,
  { from, line: only }: { readonly from: ChargePlace; readonly line?: string | undefined },
): AsyncGenerator<ChargeStep, void> {
  const rows = new WrittenRows(log, customer);
  const number = invoice.lines.findIndex(({ id }) => id === only);
  const isAsked = (line: number) => only === undefined || line === number;
  const start = Math.max(
    0,
    index.blocks.findLastIndex(({ first }) => !isBefore(from, first)),
  );
  for (const [at, block] of index.blocks.entries()) {
    if (at < start || !block.lines.some(isAsked)) continue;
    for (const charge of unpackBlock(await log.chunk(customer, index.key, at))) {
      const line = invoice.lines[charge.place.line];
      if (line === undefined || !isAsked(charge.place.line) || isBefore(charge.place, from)) continue;
      const row = await rows.rowOf(charge);
      const { place, quantity, amount } = charge;
      yield { place, growth: () => ({ line, row, quantity, amount }) };
    }
  }
}

/** The rows of the log that written charges are of; keeps what the next ones are likely to need. */
class WrittenRows {
  readonly #log: StatementLog;
  readonly #customer: CustomerRef;
  #hour = openingHour;
  /** The hour's statements, by their numbers. */
  #statements: ReadonlyMap<number, Statement> = new Map();
  /** The hour's pages that were read. */
  readonly #pages = new Map<string, Promise<Page>>();

  constructor(log: StatementLog, customer: CustomerRef) {
    this.#log = log;
    this.#customer = customer;
  }

  /** The row of a charge; none of one that is carried. Errors: throws where the log has no such row. */
  async rowOf({ place, entry, row }: WrittenCharge): Promise<LogRow | undefined> {
    if (place.hour === openingHour) return undefined;
    if (place.hour !== this.#hour) await this.#open(place.hour);
    const statement = this.#statements.get(entry);
    if (statement === undefined) throw new Error("a written charge of an entry that its hour does not have");
    let start = 0;
    for (const [index, count] of rowsPerPage(statement).entries()) {
      if (row < start + count) return rowAt(statement, await this.#page(statement, index), { row, start });
      start += count;
    }
    throw new Error("a written charge of a row that its entry does not have");
  }

  async #open(hour: number): Promise<void> {
    const from = hourPlus(hourOf(0), hour);
    const found = await this.#log.entriesOfHours(this.#customer, from, hourPlus(from, 1));
    this.#hour = hour;
    this.#statements = new Map(found.map((statement) => [statement.number, statement]));
    this.#pages.clear();
  }

  #page(statement: Statement, index: number): Promise<Page> {
    const name = `${statement.number}/${index}`;
    const page = this.#pages.get(name) ?? pageAt(this.#log, this.#customer, statement, index);
    this.#pages.set(name, page);
    return page;
  }
}
