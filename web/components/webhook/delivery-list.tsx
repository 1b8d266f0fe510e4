import type { Page, Webhook, WebhookDelivery } from "@farthing/sdk";
import { LinkTabs } from "@/components/link-tabs.tsx";
import { Pager } from "@/components/pager.tsx";
import { Panel } from "@/components/panel.tsx";
import { ReadAgain } from "@/components/read-again.tsx";
import { Failed, NoResults } from "@/components/states.tsx";
import type { Answer } from "@/lib/api.ts";
import { deliveryStates } from "@/lib/api-webhooks.ts";
import { isSoon } from "@/lib/delivery-words.ts";
import { href, type QueryValues } from "@/lib/search.ts";
import { DeliveryTable } from "./delivery-table.tsx";
import { ReplayBoard } from "./replay-board.tsx";

interface Props {
  readonly webhook: Webhook;
  readonly deliveries: Answer<Page<WebhookDelivery>>;
  readonly query: QueryValues;
  readonly zone: string;
  /** Whether the reader's key may send a message again. */
  readonly mayReplay: boolean;
}

/** What became of a webhook's messages, by the status that the address holds. While one is about to be sent, it is read again. */
export function DeliveryList(props: Props) {
  const { webhook, deliveries, query } = props;
  const path = `/developers/webhooks/${encodeURIComponent(webhook.id)}`;
  const tabs = [undefined, ...deliveryStates].map((status) => ({
    name: status === undefined ? "All" : status.slice(0, 1).toUpperCase() + status.slice(1),
    href: href(path, { status }),
    current: query.status === status,
  }));
  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-base font-semibold">Deliveries</h2>
        <LinkTabs label="Status" tabs={tabs} />
      </div>
      <ReplayBoard>
        {deliveries.ok ? (
          <Deliveries {...props} page={deliveries.value} path={path} />
        ) : (
          <Failed what="the deliveries" problem={deliveries.problem} />
        )}
      </ReplayBoard>
    </div>
  );
}

function Deliveries({
  webhook,
  page: { items, nextCursor },
  path,
  query,
  zone,
  mayReplay,
}: Props & { readonly page: Page<WebhookDelivery>; readonly path: string }) {
  if (items.length === 0 && !nextCursor) {
    return query.status || query.cursor ? (
      <NoResults clear={path}>
        No message of the last 30 days is <strong className="text-ink">{query.status ?? "on this page"}</strong>.
      </NoResults>
    ) : (
      <NoResults>It was told nothing in the last 30 days.</NoResults>
    );
  }
  const now = new Date().toISOString();
  return (
    <Panel name="deliveries" flush>
      {items.some(({ nextAt }) => isSoon(nextAt, now)) ? <ReadAgain everyMs={3_000} /> : null}
      {items.length > 0 ? <DeliveryTable {...{ webhook, deliveries: items, path, query, zone, mayReplay }} /> : null}
      <Pager
        path={path}
        query={{ ...query, show: undefined }}
        shown={items.length}
        nextCursor={nextCursor}
        thing="delivery"
        things="deliveries"
      />
    </Panel>
  );
}
