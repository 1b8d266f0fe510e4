import { checkConservation } from "@farthing/billing";
import { ring } from "../_kit/ring.ts";
import { schedule } from "../_kit/schedule.ts";
import { checking } from "../_kit/services/billing.ts";

/** Every hour: checks the hours that closed. Fired twice, or late, it finds the same gaps. */
export const handler = schedule(async (at, job) => ring("Gap", await checkConservation(checking(), at, job)));
