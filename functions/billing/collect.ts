import { workCollections } from "@farthing/billing";
import { ok } from "@farthing/money";
import { queue } from "../_kit/queue.ts";
import { CollectionMessage, collecting } from "../_kit/services/collecting.ts";

/** The queue of collection work: does what a message asks for. A message may come twice. */
export const handler = queue(CollectionMessage, async (message) => ok(await workCollections(collecting(), message)));
