import { type StackContext, use } from "sst/constructs";
import { lambda } from "./_kit/lambda.ts";
import { route } from "./_kit/route.ts";
import { withoutSstHandler } from "./_kit/sst-handler.ts";
import { Shared } from "./shared.ts";

/** Merchants and their keys: mirrors `functions/access/`. */
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
}
