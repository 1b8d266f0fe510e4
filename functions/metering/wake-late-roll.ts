import { wakeLateRolls } from "@farthing/metering";
import { planning, shardsOfMarkKeys } from "../_kit/services/metering.ts";
import { stream } from "../_kit/stream.ts";

/** The journal's stream of new marks: orders late rolls. Records may come twice or not at all: the sweep finds the rest. */
export const handler = stream((keys) => wakeLateRolls(planning(), shardsOfMarkKeys(keys)));
