import { type StackContext, use } from "sst/constructs";
import { consume } from "./_kit/consume.ts";
import { every } from "./_kit/every.ts";
import { lambda } from "./_kit/lambda.ts";
import { route } from "./_kit/route.ts";
import { withoutSstHandler } from "./_kit/sst-handler.ts";
import { wake } from "./_kit/wake.ts";
import { Shared, workTimeout } from "./shared.ts";

/** Usage in, usage read, and the rolls between: mirrors `functions/metering/`. */
export function Metering({ stack }: StackContext) {
  withoutSstHandler(stack);
  routes(stack);
  sharding(stack);
  backfilling(stack);
  rolling(stack);
}

function routes(stack: StackContext["stack"]): void {
  const { api, journal, log, byHour, registry, gsi1 } = use(Shared);

  // A request leaves its idempotency key in the registry, and takes it back when it is refused.
  const ingest = { read: [registry], write: [journal, registry], remove: [registry] };
  // A core of its own: a request of 10,000 events is parsed, packed and compressed while its sender waits.
  const accept = { ...ingest, lookUp: [registry], memoryMb: 1769, atOnce: 16 };
  route(stack, api, "POST /v1/events", lambda(stack, "metering/accept-events", accept));
  route(stack, api, "POST /v1/events/void", lambda(stack, "metering/void-event", ingest));

  route(stack, api, "POST /v1/events/replace", lambda(stack, "metering/replace-event", ingest));

  const usage = { read: [journal, log, registry], query: [byHour], memoryMb: 1769 };
  route(stack, api, "GET /v1/usage", lambda(stack, "metering/query-usage", usage));

  const meters = { read: [registry] };
  // The index tells which settlements there were, so that the answer can say from when the meter counts.
  const change = { ...meters, query: [gsi1], write: [registry] };
  route(stack, api, "PUT /v1/meters/{key}", lambda(stack, "metering/put-meter", change));
  route(stack, api, "GET /v1/meters/{key}", lambda(stack, "metering/get-meter", meters));
  route(stack, api, "GET /v1/meters", lambda(stack, "metering/list-meters", meters));
}

function sharding(stack: StackContext["stack"]): void {
  const { api, registry } = use(Shared);
  route(stack, api, "GET /v1/shards", lambda(stack, "metering/get-shards", { read: [registry] }));
  route(stack, api, "PUT /v1/shards", lambda(stack, "metering/put-shards", { read: [registry], write: [registry] }));
}

function backfilling(stack: StackContext["stack"]): void {
  const { api, journal, log, byHour, registry, gsi1, backfills } = use(Shared);

  // A POST leaves its idempotency key, and takes it back when it is refused.
  const begin = { read: [registry], write: [registry], remove: [registry] };
  const counts = { read: [journal, registry], memoryMb: 1769 };
  route(stack, api, "POST /v1/backfills", lambda(stack, "metering/open-backfill", begin));
  route(stack, api, "GET /v1/backfills", lambda(stack, "metering/list-backfills", { read: [registry] }));
  route(stack, api, "GET /v1/backfills/{name}", lambda(stack, "metering/get-backfill", counts));
  const end = { ...begin, send: [backfills] };
  route(stack, api, "POST /v1/backfills/{name}/commit", lambda(stack, "metering/commit-backfill", end));
  route(stack, api, "POST /v1/backfills/{name}/drop", lambda(stack, "metering/drop-backfill", end));

  const plan = { read: [registry], query: [gsi1], send: [backfills], timeout: workTimeout };
  every(stack, "cron(50 * * * ? *)", lambda(stack, "metering/plan-backfills", plan));

  // It rolls what is there before it moves anything, and needs what `metering/roll-shard` needs.
  const work = lambda(stack, "metering/work-backfill", {
    read: [journal, log, registry],
    query: [byHour],
    write: [journal, log, registry],
    // Staged bundles, once they lie where they belong, and marks.
    remove: [journal],
    send: [backfills],
    memoryMb: 2048,
    timeout: workTimeout,
    rings: { Failed: "a step of a closing backfill failed and will be tried again. Its log says why." },
  });
  // A shard a message: few at once, so that their writes leave room for those of live traffic.
  consume(stack, backfills, work, { atOnce: 8 });
}

function rolling(stack: StackContext["stack"]): void {
  const { journal, log, byHour, registry, gsi1, rolls, streamFailures } = use(Shared);

  const plan = { read: [registry], query: [gsi1], send: [rolls], timeout: workTimeout };
  // A minute past, and each five minutes after: at the full hour itself no roll of that hour may start yet.
  every(stack, "cron(1/5 * * * ? *)", lambda(stack, "metering/plan-rolls", plan));
  // Twenty past: an hour after its roll, each hour is compared with what was stored.
  every(stack, "cron(20 * * * ? *)", lambda(stack, "metering/plan-sweeps", plan));

  const roll = lambda(stack, "metering/roll-shard", {
    read: [journal, log, registry],
    query: [byHour],
    write: [journal, log, registry],
    // Marks, once what they name is in statements.
    remove: [journal],
    memoryMb: 2048,
    timeout: workTimeout,
    rings: { Failed: "a roll failed and will be tried again. Its log says why." },
  });
  consume(stack, rolls, roll, { atOnce: 64 });

  const late = lambda(stack, "metering/wake-late-roll", {
    write: [registry],
    send: [rolls],
    rings: { Failed: "late rolls could not be ordered. The hourly sweep does it, if nothing else." },
  });
  wake(stack, late, { table: journal, prefix: "m#", failures: streamFailures });
}
