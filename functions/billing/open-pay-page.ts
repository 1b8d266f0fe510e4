import { openPayPage } from "@farthing/billing";
import { collecting } from "../_kit/services/collecting.ts";
import { leadsOn } from "../_kit/unkeyed.ts";
import * as routes from "../_routes/collections.ts";

/** GET /v1/pay/{token}: leads to the hosted page on which an invoice is paid. */
export const handler = leadsOn(routes.openPayPage, ({ path }) => openPayPage(collecting(), path.token));
