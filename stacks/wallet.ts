import { type StackContext, use } from "sst/constructs";
import { lambda } from "./_kit/lambda.ts";
import { route } from "./_kit/route.ts";
import { withoutSstHandler } from "./_kit/sst-handler.ts";
import { Shared } from "./shared.ts";

/** Credit: mirrors `functions/wallet/`. */
export function Wallet({ stack }: StackContext) {
  withoutSstHandler(stack);
  const { api, log, registry } = use(Shared);
  const grants = "/v1/customers/{id}/grants";

  // A POST leaves its idempotency key, then its answer under it, or takes the key back when it is refused.
  const once = { read: [registry], write: [registry], change: [registry], remove: [registry] };
  route(stack, api, `POST ${grants}`, lambda(stack, "wallet/create-grant", once));

  // What is left of a grant is in the customer's seals.
  const sealed = { read: [log, registry] };
  route(stack, api, `GET ${grants}`, lambda(stack, "wallet/list-grants", sealed));
  route(stack, api, `GET ${grants}/{grant}`, lambda(stack, "wallet/get-grant", sealed));
  route(stack, api, `GET ${grants}/{grant}/entries`, lambda(stack, "wallet/list-grant-entries", sealed));
}
