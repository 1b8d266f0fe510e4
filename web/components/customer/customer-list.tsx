import type { Customer, Page } from "@farthing/sdk";
import { Pager } from "@/components/pager.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed, FirstUse, NoResults } from "@/components/states.tsx";
import type { Answer } from "@/lib/api.ts";
import { eventCommand } from "@/lib/commands.ts";
import type { QueryValues } from "@/lib/search.ts";
import { CustomerTable } from "./customer-table.tsx";

interface Props {
  readonly customers: Answer<Page<Customer>>;
  readonly query: QueryValues;
  readonly zone: string;
}

/** A page of customers, or what stands in its place. */
export function CustomerList({ customers, query, zone }: Props) {
  if (!customers.ok) return <Failed what="the customers" problem={customers.problem} />;
  const { items, nextCursor } = customers.value;
  if (items.length === 0 && query.id) {
    return (
      <NoResults clear="/customers">
        No customer has the id <strong className="text-ink">{query.id}</strong>. Ids are matched whole, upper and lower
        case apart.
      </NoResults>
    );
  }
  if (items.length === 0 && !query.cursor) {
    return (
      <FirstUse title="No customer yet" command={eventCommand()}>
        A customer appears with its first event. Name it, and put it on a plan, whenever you like.
      </FirstUse>
    );
  }
  return (
    <Panel name="customers" flush>
      <CustomerTable customers={items} zone={zone} />
      <Pager path="/customers" query={query} shown={items.length} nextCursor={nextCursor} thing="customer" />
    </Panel>
  );
}
