import { cache } from "react";
import { getConservation, merchantZone } from "./api.ts";
import { type Range, type RangeId, readRange } from "./ranges.ts";

/** A named range up to now, in the merchant's zone; one value for all panels of a page. */
export const recent = cache(
  async (range: RangeId): Promise<Range> => readRange({ range }, await merchantZone(), new Date().toISOString()),
);

/** Where the events of a recent range went; read once a request. */
export const recentConservation = cache(async (range: RangeId) => {
  const { from, to } = await recent(range);
  return getConservation({ from, to });
});
