import Link from "next/link";
import { href, type QueryValues } from "@/lib/search.ts";

interface Props {
  readonly path: string;
  readonly query: QueryValues;
  readonly shown: number;
  readonly nextCursor?: string | undefined;
  /** The element that a page of this list begins with, where that is not the page itself. */
  readonly anchor?: string;
  /** What one entry is called. */
  readonly thing: string;
  /** What several are called, where that is not the same with an s. */
  readonly things?: string;
}

/** How many entries stand here, and the way to the next page; the browser's own "back" leads to the one before. */
export function Pager({ path, query, shown, nextCursor, thing, things = `${thing}s`, anchor }: Props) {
  const to = (change: QueryValues) => `${href(path, { ...query, ...change })}${anchor ? `#${anchor}` : ""}`;
  const page = Number(query.page ?? "1") || 1;
  return (
    <nav
      aria-label={`Pages of ${things}`}
      className="flex flex-wrap items-center gap-2 px-4 py-3 text-sm text-soft sm:px-5"
    >
      <p className="mr-auto" data-count={shown}>
        {page > 1 ? `Page ${page}, ` : ""}
        {shown} {shown === 1 ? thing : things}
        {nextCursor ? ", more follow" : ""}
      </p>
      {query.cursor ? (
        <Link className="button" href={to({ cursor: undefined, page: undefined })} prefetch={false}>
          First page
        </Link>
      ) : null}
      {nextCursor ? (
        <Link className="button" href={to({ cursor: nextCursor, page: String(page + 1) })} prefetch={false} rel="next">
          Next page
        </Link>
      ) : null}
    </nav>
  );
}
