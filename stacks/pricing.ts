import { type StackContext, use } from "sst/constructs";
import { lambda } from "./_kit/lambda.ts";
import { route } from "./_kit/route.ts";
import { withoutSstHandler } from "./_kit/sst-handler.ts";
import { Shared } from "./shared.ts";

/** Price lists: mirrors `functions/pricing/`. */
export function Pricing({ stack }: StackContext) {
  withoutSstHandler(stack);
  const { api, registry } = use(Shared);
  const plans = { read: [registry] };

  route(stack, api, "PUT /v1/plans/{key}", lambda(stack, "pricing/put-plan", { ...plans, write: [registry] }));
  route(stack, api, "GET /v1/plans/{key}", lambda(stack, "pricing/get-plan", plans));
  route(stack, api, "GET /v1/plans", lambda(stack, "pricing/list-plans", plans));
}
