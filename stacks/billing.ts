import { type StackContext, use } from "sst/constructs";
import { consume } from "./_kit/consume.ts";
import { every } from "./_kit/every.ts";
import { lambda } from "./_kit/lambda.ts";
import { route } from "./_kit/route.ts";
import { withoutSstHandler } from "./_kit/sst-handler.ts";
import { collecting } from "./collecting.ts";
import { Shared, workTimeout } from "./shared.ts";

type Stack = StackContext["stack"];

/** Customers, settlements and invoices: mirrors `functions/billing/`. */
export function Billing({ stack }: StackContext) {
  withoutSstHandler(stack);
  customers(stack);
  subscriptions(stack);
  settlementRoutes(stack);
  invoices(stack);
  changes(stack);
  creditNotes(stack);
  events(stack);
  settling(stack);
  collecting(stack);
}

function customers(stack: Stack): void {
  const { api, log, byHour, registry } = use(Shared);
  const known = { read: [registry] };

  // A first plan begins where the bills end, so it reads the last seal.
  const put = lambda(stack, "billing/put-customer", { read: [log, registry], write: [registry] });
  route(stack, api, "PUT /v1/customers/{id}", put);
  route(stack, api, "GET /v1/customers/{id}", lambda(stack, "billing/get-customer", known));
  route(stack, api, "GET /v1/customers", lambda(stack, "billing/list-customers", known));
  const coupons = "/v1/customers/{id}/coupons";
  route(stack, api, `POST ${coupons}`, lambda(stack, "billing/apply-coupon", once()));
  route(stack, api, `GET ${coupons}`, lambda(stack, "billing/list-applied-coupons", known));
  const ended = { ...known, change: [registry] };
  route(stack, api, `DELETE ${coupons}/{coupon}`, lambda(stack, "billing/remove-coupon", ended));

  const balance = { read: [log, registry], query: [byHour], memoryMb: 1769 };
  route(stack, api, "GET /v1/customers/{id}/balance", lambda(stack, "billing/get-balance", balance));
}

function subscriptions(stack: Stack): void {
  const { api, registry } = use(Shared);
  const known = { read: [registry] };

  route(stack, api, "POST /v1/subscriptions", lambda(stack, "billing/create-subscription", once()));
  route(stack, api, "GET /v1/subscriptions", lambda(stack, "billing/list-subscriptions", known));
  route(stack, api, "GET /v1/subscriptions/{id}", lambda(stack, "billing/get-subscription", known));
  for (const step of ["change", "pause", "resume", "cancel"])
    route(stack, api, `POST /v1/subscriptions/{id}/${step}`, lambda(stack, `billing/${step}-subscription`, once()));
}

/** What a POST needs: it leaves its idempotency key, then its answer under it, or takes the key back when it is refused. */
function once() {
  const { registry } = use(Shared);
  return { read: [registry], write: [registry], change: [registry], remove: [registry] };
}

function settlementRoutes(stack: Stack): void {
  const { api, log, registry, gsi1, settlements } = use(Shared);
  const known = { read: [registry] };

  const start = lambda(stack, "billing/create-settlement", { ...once(), send: [settlements] });
  route(stack, api, "POST /v1/settlements", start);
  route(stack, api, "GET /v1/settlements/{id}", lambda(stack, "billing/get-settlement", known));
  route(stack, api, "GET /v1/settlements", lambda(stack, "billing/list-settlements", { ...known, query: [gsi1] }));

  const exported = lambda(stack, "billing/export-settlement", { read: [log, registry], memoryMb: 1769 });
  route(stack, api, "GET /v1/settlements/{id}/export", exported);
}

function invoices(stack: Stack): void {
  const { api, journal, log, byHour, registry, gsi1, settlements } = use(Shared);
  const sealed = { read: [log, registry] };

  route(stack, api, "GET /v1/invoices", lambda(stack, "billing/list-invoices", { ...sealed, query: [gsi1] }));
  // A font of 3 MB is read, and the document drawn, also for its digest: a second of half a core.
  route(stack, api, "GET /v1/invoices/{id}", lambda(stack, "billing/get-invoice", { ...sealed, memoryMb: 1769 }));
  route(stack, api, "GET /v1/invoices/{id}/pdf", lambda(stack, "billing/print-invoice", { ...sealed, memoryMb: 1769 }));
  route(stack, api, "GET /v1/customers/{id}/carry", lambda(stack, "billing/list-carry", sealed));
  route(stack, api, "GET /v1/customers/{id}/adjustments", lambda(stack, "billing/list-adjustments", sealed));
  // Tries the roll of what is not rolled yet, and the seal after it.
  const draft = lambda(stack, "billing/get-draft", { read: [journal, log, registry], query: [byHour], memoryMb: 1769 });
  route(stack, api, "GET /v1/customers/{id}/invoices/draft", draft);
  // Prices the events of a page again, in order; of a bill whose pages would grow deep it asks to write the charges down.
  const charges = lambda(stack, "billing/list-charges", {
    ...sealed,
    query: [byHour],
    send: [settlements],
    memoryMb: 1769,
  });
  route(stack, api, "GET /v1/invoices/{id}/charges", charges);
}

/** What people let happen to an invoice. */
function changes(stack: Stack): void {
  const { api, log, registry } = use(Shared);
  // What happens is posted with it, in the log.
  const writes = { read: [log, registry], write: [log, registry], remove: [registry] };

  route(stack, api, "POST /v1/invoices/{id}/void", lambda(stack, "billing/void-invoice", writes));
  route(stack, api, "POST /v1/invoices/{id}/uncollectible", lambda(stack, "billing/write-off-invoice", writes));
  route(stack, api, "POST /v1/invoices/{id}/pay", lambda(stack, "billing/pay-invoice", writes));
}

function creditNotes(stack: Stack): void {
  const { api, log, byHour, registry, settlements } = use(Shared);
  const sealed = { read: [log, registry] };

  // Finds what events were charged in the itemised bill.
  const writes = {
    ...sealed,
    query: [byHour],
    // Numbers of notes, a block of them together.
    lookUp: [registry],
    write: [log, registry],
    change: [registry],
    remove: [registry],
    send: [settlements],
  };
  const create = lambda(stack, "billing/create-credit-note", { ...writes, memoryMb: 1769 });
  route(stack, api, "POST /v1/invoices/{id}/credit-notes", create);
  route(stack, api, "GET /v1/credit-notes", lambda(stack, "billing/list-credit-notes", sealed));
  route(stack, api, "GET /v1/credit-notes/{id}", lambda(stack, "billing/get-credit-note", sealed));
  const print = lambda(stack, "billing/print-credit-note", { ...sealed, memoryMb: 1769 });
  route(stack, api, "GET /v1/credit-notes/{id}/pdf", print);
}

/** The debugger of events and the conservation report: both look at every event of a range. */
function events(stack: Stack): void {
  const { api, journal, log, byHour, registry, gsi1 } = use(Shared);
  const all = { read: [journal, log, registry], query: [byHour], memoryMb: 1769 };

  route(stack, api, "GET /v1/events", lambda(stack, "billing/list-events", all));
  route(stack, api, "GET /v1/events/{id}", lambda(stack, "billing/get-event", all));
  // It waits, for the most part.
  route(stack, api, "GET /v1/events/tail", lambda(stack, "billing/tail-events", { ...all, memoryMb: 1024 }));
  route(stack, api, "GET /v1/backfills/{name}/preview", lambda(stack, "billing/preview-backfill", all));
  route(stack, api, "GET /v1/reports/conservation", lambda(stack, "billing/report-conservation", all));

  const check = lambda(stack, "billing/check-conservation", {
    ...all,
    query: [byHour, gsi1],
    write: [registry],
    timeout: workTimeout,
    rings: { Gap: "accepted events are not all accounted for. Its log names the merchant and the hours." },
  });
  // Forty past: the sweep of twenty past has marked what no writer marked, and its rolls are done.
  every(stack, "cron(40 * * * ? *)", check);
}

function settling(stack: Stack): void {
  const { journal, log, byHour, registry, gsi1, settlements, deliveries, collections } = use(Shared);

  // Ten past: the hour that ended has been rolled by then, so that little is left for the first phase.
  const plan = lambda(stack, "billing/plan-settlements", {
    read: [registry],
    query: [gsi1],
    write: [registry],
    send: [settlements],
    timeout: workTimeout,
  });
  every(stack, "cron(10 * * * ? *)", plan);

  const settle = lambda(stack, "billing/settle", {
    read: [journal, log, registry],
    query: [byHour],
    write: [journal, log, registry],
    remove: [journal],
    // Who a chunk's invoices are between and what they are numbered is looked up together, and what it notes put together.
    lookUp: [registry],
    batch: [registry],
    // Its invoices are told of, too.
    send: [settlements, deliveries, collections],
    // Its first phase rolls whole shards itself, and needs what `metering/roll-shard` needs.
    memoryMb: 2048,
    timeout: workTimeout,
    rings: { Failed: "a step of a settlement failed and will be tried again. Its log says why." },
  });
  // A million customers in an hour are 10,000 messages of 100: 40 at once leave each 14 seconds.
  consume(stack, settlements, settle, { atOnce: 40 });
  news(stack);
}

/** Tells merchants of what became of their invoices and settlements. */
function news(stack: Stack): void {
  const { log, registry, gsi1, deliveries } = use(Shared);
  const tell = lambda(stack, "billing/tell-news", {
    read: [log, registry],
    query: [gsi1],
    write: [registry],
    remove: [registry],
    send: [deliveries],
    timeout: workTimeout,
  });
  every(stack, "cron(* * * * ? *)", tell);
}
