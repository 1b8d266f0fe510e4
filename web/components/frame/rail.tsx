import {
  Activity,
  BookOpen,
  ChartColumn,
  Clock,
  Gauge,
  House,
  Layers,
  type LucideIcon,
  ReceiptText,
  Scale,
  Tags,
  Users,
  Webhook,
} from "lucide-react";
import { Logo } from "@/components/logo.tsx";
import { RailLink } from "./rail-link.tsx";
import { SessionControls } from "./session-controls.tsx";

const pages: readonly { readonly path: string; readonly name: string; readonly icon: LucideIcon }[] = [
  { path: "/", name: "Overview", icon: House },
  { path: "/customers", name: "Customers", icon: Users },
  { path: "/usage", name: "Usage", icon: ChartColumn },
  { path: "/events", name: "Events", icon: Activity },
  { path: "/meters", name: "Meters", icon: Gauge },
  { path: "/plans", name: "Plans", icon: Tags },
  { path: "/invoices", name: "Invoices", icon: ReceiptText },
  { path: "/invoices?status=past_due", name: "Past due", icon: Clock },
  { path: "/settlements", name: "Settlements", icon: Layers },
  { path: "/ledger", name: "Ledger", icon: BookOpen },
  { path: "/reconcile", name: "Reconciliation", icon: Scale },
  { path: "/developers/webhooks", name: "Webhooks", icon: Webhook },
];

/** The way to every page, and what belongs to the reader: theme and session. */
export function Rail() {
  return (
    <div className="flex h-full flex-col px-3 py-4">
      <div className="mb-5 flex items-center gap-2 px-2">
        <Logo />
        <span className="text-lg font-semibold tracking-tight text-ink">Farthing</span>
      </div>
      <nav aria-label="Pages">
        <ul className="grid gap-0.5">
          {pages.map(({ path, name, icon: Icon }) => (
            <li key={path}>
              <RailLink path={path} paths={pages.map((page) => page.path)}>
                <Icon className="size-4 shrink-0" strokeWidth={1.75} aria-hidden />
                {name}
              </RailLink>
            </li>
          ))}
        </ul>
      </nav>
      <SessionControls />
    </div>
  );
}
