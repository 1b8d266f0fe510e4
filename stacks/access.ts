import { Duration } from "aws-cdk-lib/core";
import { type StackContext, use } from "sst/constructs";
import { alarm } from "./_kit/alarm.ts";
import { consume } from "./_kit/consume.ts";
import { every } from "./_kit/every.ts";
import { lambda } from "./_kit/lambda.ts";
import { ownMetric } from "./_kit/own-metric.ts";
import { route } from "./_kit/route.ts";
import { withoutSstHandler } from "./_kit/sst-handler.ts";
import { attemptTimeout, Shared } from "./shared.ts";

/** Merchants, their keys and their webhooks: mirrors `functions/access/`. */
export function Access({ stack }: StackContext) {
  withoutSstHandler(stack);
  const { api, registry } = use(Shared);
  const known = { read: [registry] };
  // A request leaves its idempotency key, and takes it back when it is refused.
  const once = { ...known, write: [registry], remove: [registry] };

  route(stack, api, "POST /v1/keys", lambda(stack, "access/create-key", once));
  route(stack, api, "GET /v1/keys", lambda(stack, "access/list-keys", known));
  route(stack, api, "DELETE /v1/keys/{id}", lambda(stack, "access/revoke-key", { ...known, change: [registry] }));
  route(stack, api, "GET /v1/merchant", lambda(stack, "access/get-merchant", known));
  route(stack, api, "PUT /v1/merchant", lambda(stack, "access/put-merchant", { ...known, change: [registry] }));
  route(stack, api, "GET /openapi.json", lambda(stack, "access/describe-api", {}));
  route(stack, api, "$default", lambda(stack, "access/not-found", {}));

  // No route: who may make merchants is who may invoke this function in the account.
  const create = lambda(stack, "access/create-merchant", { ...known, write: [registry] });
  stack.addOutputs({ CreateMerchant: create.functionName });

  webhooks(stack);
  replays(stack);
  delivering(stack);
}

type Stack = StackContext["stack"];

function webhooks(stack: Stack): void {
  const { api, registry, deliveries } = use(Shared);
  const known = { read: [registry] };
  const once = { ...known, write: [registry], remove: [registry] };

  route(stack, api, "POST /v1/webhooks", lambda(stack, "access/create-webhook", once));
  route(stack, api, "GET /v1/webhooks", lambda(stack, "access/list-webhooks", known));
  route(stack, api, "GET /v1/webhooks/{id}", lambda(stack, "access/get-webhook", known));
  route(stack, api, "PUT /v1/webhooks/{id}", lambda(stack, "access/put-webhook", { ...known, write: [registry] }));
  const remove = { ...known, remove: [registry] };
  route(stack, api, "DELETE /v1/webhooks/{id}", lambda(stack, "access/delete-webhook", remove));
  route(stack, api, "POST /v1/webhooks/{id}/rotate", lambda(stack, "access/rotate-webhook", once));
  const test = { ...once, send: [deliveries] };
  route(stack, api, "POST /v1/webhooks/{id}/test", lambda(stack, "access/test-webhook", test));
}

/** What became of messages, and sending them again. */
function replays(stack: Stack): void {
  const { api, registry, deliveries } = use(Shared);
  const known = { read: [registry] };
  // The answer is kept under its idempotency key.
  const again = { ...known, write: [registry], change: [registry], remove: [registry], send: [deliveries] };

  route(stack, api, "GET /v1/webhooks/{id}/deliveries", lambda(stack, "access/list-deliveries", known));
  route(stack, api, "GET /v1/webhooks/messages/{id}", lambda(stack, "access/get-webhook-message", known));
  const one = lambda(stack, "access/replay-delivery", again);
  route(stack, api, "POST /v1/webhooks/{id}/deliveries/{message}/replay", one);
  route(stack, api, "POST /v1/webhooks/{id}/replay", lambda(stack, "access/replay-deliveries", again));
}

function delivering(stack: Stack): void {
  const { registry, gsi1, deliveries } = use(Shared);

  const deliver = lambda(stack, "access/deliver", {
    read: [registry],
    write: [registry],
    send: [deliveries],
    timeout: attemptTimeout,
    rings: { Failed: "an attempt at a webhook broke on our side and will be tried again. Its log says why." },
  });
  // It waits for others' servers, for the most part; one merchant's slow ones hold up few of a hundred.
  consume(stack, deliveries, deliver, { atOnce: 100 });
  alarm(deliver, "AttemptFailed", {
    why: "Many attempts at webhooks fail: merchants' servers are away, or we do not reach them.",
    metric: ownMetric("AttemptFailed", "access/deliver"),
    atLeast: 500,
    periods: 3,
  });

  const wake = lambda(stack, "access/wake-deliveries", {
    query: [gsi1],
    write: [registry],
    send: [deliveries],
    timeout: Duration.minutes(5),
    rings: {
      Late: "attempts at webhooks have been due for half an hour: see the queue of deliveries and its function.",
    },
  });
  every(stack, "cron(* * * * ? *)", wake);
}
