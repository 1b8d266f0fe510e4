import { cache } from "react";
import { getConservation, merchantZone } from "./api.ts";
import { type Range, readRange } from "./ranges.ts";

/** The last seven days in the merchant's zone; one value for all panels of a page. */
export const week = cache(
  async (): Promise<Range> => readRange({ range: "7d" }, await merchantZone(), new Date().toISOString()),
);

/** Where the events of the last seven days went; read once a request. */
export const weekConservation = cache(async () => {
  const { from, to } = await week();
  return getConservation({ from, to });
});
