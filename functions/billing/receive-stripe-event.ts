import { receiveRailEvent } from "@farthing/billing";
import { receiving } from "../_kit/services/collecting.ts";
import { webhook } from "../_kit/unkeyed.ts";
import * as routes from "../_routes/collections.ts";

/** POST /v1/stripe/webhooks/{merchant}: takes a webhook of Stripe's. The same again changes nothing. */
export const handler = webhook(routes.receiveStripeEvent, ({ path, text, header }) =>
  receiveRailEvent(receiving(), { merchant: path.merchant, text, signature: header("stripe-signature") }),
);
