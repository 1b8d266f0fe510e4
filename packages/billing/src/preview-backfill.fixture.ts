import { acceptNamed, commitBackfill, openBackfill, type ParsedEvent, workBackfill } from "@farthing/metering";
import { memoryBackfillQueue, memoryBackfills, memoryRejections, memoryStaging } from "@farthing/metering/memory";
import { type CustomerId, expectOk } from "@farthing/money";
import { expect } from "vitest";
import { previewBackfill } from "./preview-backfill.ts";
import { billingWorld, merchant, subscription } from "./world.fixture.ts";

/** The backfill of a preview's world. */
export const name = "may";

/** A merchant with an open backfill, whose events a test stages. */
export async function previewWorld() {
  const world = await billingWorld();
  await world.subscriptions.addSubscription(subscription());
  const apart = {
    backfills: memoryBackfills(),
    staging: memoryStaging({ bundlesPerPage: 2 }),
    queue: memoryBackfillQueue(),
  };
  const stores = {
    ...world.rolls,
    ...apart,
    customers: { knownCustomers: async () => new Set<CustomerId>() },
    rejections: memoryRejections(),
  };
  await openBackfill(stores, { merchant, name });
  return {
    ...world,
    ...apart,
    async stage(...events: ParsedEvent[]) {
      const text = JSON.stringify(
        events.map(({ id, customer, type, time, data }) => ({
          id,
          customer,
          type,
          time: new Date(time).toISOString(),
          data,
        })),
      );
      const request = { merchant, text, kind: "json", receivedAt: world.clock.now(), backfill: name } as const;
      expect(expectOk(await acceptNamed(stores, request)).backfill).toEqual({ name, staged: true });
    },
    async preview(more: { limit?: number; after?: string | undefined; through?: number } = {}) {
      return expectOk(await previewBackfill({ ...world, ...apart }, { merchant, name, limit: 10, ...more }));
    },
    async commit(steps = Number.POSITIVE_INFINITY, remaining = 900_000) {
      await commitBackfill(stores, { merchant, name });
      for (let step = 0; step < steps; step++) {
        const ask = apart.queue.asked.shift();
        if (ask === undefined) return;
        await workBackfill(stores, ask, { remainingMs: () => remaining });
      }
    },
  };
}
