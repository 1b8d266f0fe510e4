import { type StackContext, use } from "sst/constructs";
import { lambda } from "./_kit/lambda.ts";
import { route } from "./_kit/route.ts";
import { withoutSstHandler } from "./_kit/sst-handler.ts";
import { Shared } from "./shared.ts";

/** Price lists: mirrors `functions/pricing/`. */
export function Pricing({ stack }: StackContext) {
  withoutSstHandler(stack);
  const { api, log, byHour, registry } = use(Shared);
  const plans = { read: [registry] };

  route(stack, api, "PUT /v1/plans/{key}", lambda(stack, "pricing/put-plan", { ...plans, write: [registry] }));
  route(stack, api, "GET /v1/plans/{key}", lambda(stack, "pricing/get-plan", plans));
  route(stack, api, "GET /v1/plans", lambda(stack, "pricing/list-plans", plans));

  const text = { write: [registry], ...plans };
  route(stack, api, "PUT /v1/coupons/{key}", lambda(stack, "pricing/put-coupon", text));
  route(stack, api, "GET /v1/coupons/{key}", lambda(stack, "pricing/get-coupon", plans));
  route(stack, api, "GET /v1/coupons", lambda(stack, "pricing/list-coupons", plans));
  route(stack, api, "PUT /v1/tax-rates/{country}", lambda(stack, "pricing/put-tax-rates", text));
  route(stack, api, "GET /v1/tax-rates/{country}", lambda(stack, "pricing/get-tax-rates", plans));
  route(stack, api, "GET /v1/tax-rates", lambda(stack, "pricing/list-tax-rates", plans));

  // Rates periods of many customers again; it writes the receipts of idempotency keys alone.
  const receipts = { write: [registry], remove: [registry] };
  const anew = { read: [log, registry], query: [byHour], memoryMb: 1769, ...receipts };
  route(stack, api, "POST /v1/plans/{key}/simulate", lambda(stack, "pricing/simulate-plan", anew));
}
