import type { MerchantId } from "@farthing/money";
import { type Book, bookName, type Line, type LinePlace } from "../book.ts";
import type { Books, LineRange, PostedCause } from "../books.ts";
import { causeEntity } from "./cause.entity.ts";
import { lineEntity } from "./line.entity.ts";
import { bookParts } from "./parts.store.ts";
import { type DynamoTable, plainly, strongly, took } from "./table.ts";
import { balancesOf, balancesText, bookOf, entriesOf, entriesText } from "./texts.ts";
import { commitAll, type TransactWrite } from "./transaction.ts";

/**
 * The books over the Log table. A posting is one transaction of creates: its cause, and a line in each book. Every key is a
 * book's, a cause's or a chunk's own, so that no key takes more writes than a book has.
 */
export function dynamoBooks(log: DynamoTable): Books {
  const [lines, causes] = [lineEntity(log), causeEntity(log)];
  const newest = { ...strongly, order: "desc", limit: 1 } as const;
  return {
    ...bookParts(log),
    async head(book) {
      const { data } = await lines.query.primary(keyOf(book)).go(newest);
      return data[0] === undefined ? undefined : lineOf(data[0]);
    },
    async lineAt(book, date) {
      const until = lines.query.dated(keyOf(book)).lt({ date: Math.max(0, date + 1) });
      const { data } = await until.go(newest);
      return data[0] === undefined ? undefined : lineOf(data[0]);
    },
    async lines(book, { limit, ...range }) {
      const { data } = await rangeOf(lines.query.dated(keyOf(book)), range).go({ ...strongly, limit, count: limit });
      return data.map(lineOf);
    },
    async line(book, number) {
      const { data } = await lines.get({ ...keyOf(book), number }).go(strongly);
      return data === null ? undefined : lineOf(data);
    },
    async posted(merchant, cause) {
      const { data } = await causes.get({ merchant, cause }).go(strongly);
      return data === null ? undefined : { ...data, book: bookOf(merchant, data.book) };
    },
    commit({ posted, lines: added, alongside }) {
      const created = [
        causes.create(causeItem(posted)).params<Put>(),
        ...added.map((line) => lines.create(itemOf(line)).params<Put>()),
      ];
      return commitAll(
        log,
        created.map((Put) => ({ Put })),
        alongside,
      );
    },
    async append(line) {
      return (await took(lines.create(itemOf(line)).go(plainly))) ? "appended" : "taken";
    },
  };
}

type Put = NonNullable<TransactWrite["Put"]>;

/** All dates lie below this one: it has as many digits as a key holds. */
const endOfTime = 999_999_999_999_999;

type Dated = ReturnType<ReturnType<typeof lineEntity>["query"]["dated"]>;

function rangeOf(all: Dated, { after, from = 0, before }: Omit<LineRange, "limit">) {
  // A date alone is the least key of its lines; the key after a line's is its number's successor.
  const start = after === undefined ? { date: from } : afterPlace(after);
  if (start.date >= (before ?? endOfTime)) return all.between({ date: endOfTime }, { date: endOfTime });
  return all.between(start, { date: before ?? endOfTime });
}

function afterPlace({ date, number }: LinePlace): LinePlace {
  return { date, number: number + 1 };
}

interface LineItem {
  readonly merchant: MerchantId;
  readonly book: string;
  readonly number: number;
  readonly date: number;
  readonly cause: string;
  readonly occurredAt: number;
  readonly description: string;
  readonly entries: string;
  readonly balances: string;
  readonly facts: string;
}

function keyOf(book: Book): { readonly merchant: MerchantId; readonly book: string } {
  return { merchant: book.merchant, book: bookName(book) };
}

function itemOf({ book, entries, balances, facts, ...line }: Line): LineItem {
  const texts = { entries: entriesText(entries), balances: balancesText(balances), facts: JSON.stringify(facts) };
  return { ...line, ...keyOf(book), ...texts };
}

function lineOf({ merchant, book, entries, balances, facts, ...line }: LineItem): Line {
  return {
    ...line,
    book: bookOf(merchant, book),
    entries: entriesOf(entries),
    balances: balancesOf(balances),
    facts: JSON.parse(facts),
  };
}

function causeItem({ book, ...posted }: PostedCause) {
  return { ...posted, book: bookName(book) };
}
