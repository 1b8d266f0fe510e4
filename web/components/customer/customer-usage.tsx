import Link from "next/link";
import { ChargeCharts } from "@/components/charts/charge-charts.tsx";
import { chartGrid, MeterChart } from "@/components/charts/meter-chart.tsx";
import { LinkTabs } from "@/components/link-tabs.tsx";
import { Panel } from "@/components/panel.tsx";
import { Period } from "@/components/period.tsx";
import { Failed } from "@/components/states.tsx";
import { listInvoices, listMeters, merchantZone } from "@/lib/api.ts";
import { isRangeId, type Range, rangeDays, rangeNames, readRange, readWindow } from "@/lib/ranges.ts";
import { href, type QueryValues } from "@/lib/search.ts";

interface Props {
  readonly customer: string;
  readonly query: QueryValues;
}

/** The customer's usage, a chart for each meter, over the range that the address names. */
export async function CustomerUsage({ customer, query }: Props) {
  const [meters, zone] = await Promise.all([listMeters(), merchantZone()]);
  if (!meters.ok) return <Failed what="the meters" problem={meters.problem} />;
  const range = readRange(query, zone, new Date().toISOString());
  const window = readWindow(query.window, range);
  return (
    <Panel
      name="usage"
      title="Usage"
      actions={<Ranges path={`/customers/${encodeURIComponent(customer)}`} range={range} />}
    >
      <div className={chartGrid}>
        {meters.value.items.map((meter) => (
          <MeterChart key={meter.key} meter={meter} range={range} window={window} customer={customer} />
        ))}
        <ChargeCharts range={range} window={window} customer={customer} />
      </div>
      <InvoicedPeriods customer={customer} range={range} zone={zone} />
    </Panel>
  );
}

function Ranges({ path, range }: { readonly path: string; readonly range: Range }) {
  const tabs = Object.entries(rangeNames).flatMap(([id, name]) =>
    isRangeId(id) ? [{ name, href: href(path, { range: id }), current: range.id === id }] : [],
  );
  return <LinkTabs label="Range" tabs={tabs} />;
}

/** Usage may lie far back; the periods that were invoiced lead straight to it. */
async function InvoicedPeriods({
  customer,
  range,
  zone,
}: {
  readonly customer: string;
  readonly range: Range;
  readonly zone: string;
}) {
  const invoices = await listInvoices({ customer, limit: 6 });
  if (!invoices.ok || invoices.value.items.length === 0) return null;
  const periods = new Map(invoices.value.items.map(({ period }) => [`${period.from} ${period.to}`, period]));
  return (
    <p className="mt-6 flex flex-wrap gap-x-4 gap-y-1 border-t border-line pt-4 text-sm text-soft">
      Invoiced periods:
      {[...periods].slice(0, 3).map(([id, period]) => {
        const days = rangeDays({ ...range, from: period.from, to: period.to }, zone);
        return (
          <Link
            key={id}
            className="link"
            href={href(`/customers/${encodeURIComponent(customer)}`, days)}
            prefetch={false}
            scroll={false}
          >
            <Period period={period} zone={zone} />
          </Link>
        );
      })}
    </p>
  );
}
